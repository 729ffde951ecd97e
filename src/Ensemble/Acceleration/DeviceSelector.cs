using TorchSharp;

namespace Ensemble.Acceleration;

/// <summary>Turns what a person asked for into a device of this machine.</summary>
public static class DeviceSelector
{
    private const string Auto = "auto";

    /// <summary>The device: a GPU where there is one and none was ruled out, else the CPU.</summary>
    /// <param name="requested"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    /// <exception cref="UnknownNameException">The text names no kind of device.</exception>
    /// <exception cref="MachineFaultException">There is no such device, or libtorch does not load.</exception>
    public static torch.Device Resolve(string requested)
    {
        var hasCuda = HasCuda();
        if (string.Equals(requested, Auto, StringComparison.OrdinalIgnoreCase))
        {
            return hasCuda ? torch.CUDA : torch.CPU;
        }

        var device = Parse(requested);
        if (device.type == DeviceType.CPU)
        {
            return device;
        }

        if (!hasCuda)
        {
            throw new MachineFaultException(
                $"device {requested}", "this libtorch sees no CUDA device", "use --device cpu, or point LIBTORCH at a CUDA build");
        }

        return device.index < torch.cuda.device_count()
            ? device
            : throw new MachineFaultException($"device {requested}", $"this machine has {torch.cuda.device_count()} CUDA devices", "name one of them");
    }

    private static torch.Device Parse(string requested)
    {
        try
        {
            return torch.device(requested.ToLowerInvariant());
        }
        catch (ArgumentException)
        {
            throw new UnknownNameException("device", requested, [Auto, "cpu", "cuda", "cuda:0"]);
        }
    }

    // The first call into libtorch: where it is absent or too old, this is where a person learns of it.
    private static bool HasCuda()
    {
        try
        {
            return torch.cuda.is_available();
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new MachineFaultException("libtorch", e.Message, "run ./ensemble, which finds or installs it, or set LIBTORCH", e);
        }
    }
}
