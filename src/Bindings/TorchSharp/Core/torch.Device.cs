using System.Globalization;
using System.Runtime.InteropServices;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>The host's memory and processor.</summary>
    public static readonly Device CPU = new(DeviceType.CPU);

    /// <summary>The current CUDA device.</summary>
    public static Device CUDA => new(DeviceType.CUDA);

    public static Device device(string description) => new(description);

    public static Device device(string deviceType, int index = -1) => new(deviceType, index);

    public static Device device(DeviceType deviceType, int index = -1) => new(deviceType, index);

    /// <summary>Where a tensor lies: a kind of device and, where there are several, its index.</summary>
    public class Device
    {
        /// <param name="description"><c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
        /// <exception cref="ArgumentException">The description is none of these.</exception>
        public Device(string description)
        {
            var parts = description.Split(':');
            type = ParseType(parts[0]);
            var number = -1;
            if (parts.Length > 2 || (parts.Length == 2 && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out number)))
                throw new ArgumentException($"device '{description}': expected cpu, cuda or cuda:N", nameof(description));
            index = number < 0 && type != DeviceType.CPU ? 0 : number;
        }

        public Device(string deviceType, int index = -1)
            : this(ParseType(deviceType), index)
        {
        }

        public Device(DeviceType deviceType, int index = -1)
        {
            type = deviceType;
            this.index = index < 0 && deviceType != DeviceType.CPU ? 0 : index;
        }

        public DeviceType type { get; }

        /// <summary>Which of several; -1 for the CPU.</summary>
        public int index { get; }

        /// <exception cref="ExternalException">The device is CUDA, and there is none.</exception>
        internal long Packed
        {
            get
            {
                if (type == DeviceType.CUDA) RequireCuda();
                return ((long)type << 32) | (uint)index;
            }
        }

        public static implicit operator Device(string description) => new(description);

        public override string ToString() => type == DeviceType.CPU ? "cpu" : $"cuda:{index}";

        internal static Device Unpack(long packed) => new((DeviceType)(packed >> 32), (int)packed);

        // libtorch's own message lists every backend of the operator at hand.
        private void RequireCuda()
        {
#pragma warning disable CA2201 // The type that libtorch's refusals have.
            if (!cuda.is_available())
                throw new ExternalException($"{this}: there is no CUDA device, or libtorch {__version__} was built without CUDA; use cpu, or set LIBTORCH to a libtorch with CUDA and build again");
#pragma warning restore CA2201
        }

        private static DeviceType ParseType(string name) => name switch
        {
            "cpu" => DeviceType.CPU,
            "cuda" => DeviceType.CUDA,
            _ => throw new ArgumentException($"device '{name}': expected cpu, cuda or cuda:N", nameof(name)),
        };
    }
}
