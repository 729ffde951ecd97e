using System.Runtime.InteropServices;
using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>The machine that a number was measured on.</summary>
public sealed record MachineInfo : IRecord
{
    /// <summary>Processor features that mean bfloat16 arithmetic: two of x86, one of Arm.</summary>
    private static readonly string[] Bfloat16Flags = ["avx512_bf16", "amx_bf16", "bf16"];

    /// <summary>
    /// The processor's model, as it calls itself; its kind (such as Arm64) where the system does not tell.
    /// </summary>
    public required string Processor { get; init; }

    /// <summary>Logical cores that this process may use, at least 1.</summary>
    public required int LogicalCores { get; init; }

    /// <summary>Memory that this process may use (a container's limit counts), in bytes, above 0.</summary>
    public required long MemoryBytes { get; init; }

    /// <summary>The operating system and its version.</summary>
    public required string OperatingSystem { get; init; }

    /// <summary>The .NET runtime's version.</summary>
    public required string DotNetVersion { get; init; }

    /// <summary>The libtorch version, as the tensor library tells it.</summary>
    public required string LibtorchVersion { get; init; }

    /// <summary>Where tensors were computed: <c>cpu</c>, or a GPU's name.</summary>
    public required string Device { get; init; }

    /// <summary>
    /// Whether the processor multiplies bfloat16 itself (AVX512-BF16, AMX-BF16 or Arm's); false where the system does
    /// not tell.
    /// </summary>
    public required bool HasBfloat16 { get; init; }

    /// <summary>Describes this machine.</summary>
    /// <param name="libtorchVersion">What the tensor library says of itself.</param>
    /// <param name="device">Where tensors are computed.</param>
    /// <param name="processorFile">Where Linux describes its processors; it may be missing.</param>
    /// <returns>The description.</returns>
    public static MachineInfo Read(string libtorchVersion, string device, string processorFile = "/proc/cpuinfo")
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(libtorchVersion);
        ArgumentException.ThrowIfNullOrWhiteSpace(device);
        var processor = ReadProcessor(processorFile);
        var flags = Find(processor, "flags", "Features")?.Split(' ') ?? [];
        return new MachineInfo
        {
            Processor = Find(processor, "model name", "Model") ?? RuntimeInformation.ProcessArchitecture.ToString(),
            LogicalCores = Environment.ProcessorCount,
            MemoryBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            OperatingSystem = RuntimeInformation.OSDescription,
            DotNetVersion = Environment.Version.ToString(),
            LibtorchVersion = libtorchVersion,
            Device = device,
            HasBfloat16 = flags.Intersect(Bfloat16Flags).Any(),
        };
    }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Text(Processor, "processor");
        faults.AtLeast(1, LogicalCores, "logicalCores");
        faults.AtLeast(1, MemoryBytes, "memoryBytes");
    }

    /// <summary>The entries of the first processor; each later one repeats them.</summary>
    private static Dictionary<string, string> ReadProcessor(string path)
    {
        var entries = new Dictionary<string, string>();
        try
        {
            foreach (var line in File.ReadLines(path))
            {
                var colon = line.IndexOf(':', StringComparison.Ordinal);
                if (colon > 0)
                {
                    entries.TryAdd(line[..colon].Trim(), line[(colon + 1)..].Trim());
                }
            }
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            // Not Linux, or a sandbox that hides it: the numbers stand without the processor's name.
        }

        return entries;
    }

    private static string? Find(Dictionary<string, string> entries, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (entries.TryGetValue(name, out var value) && value.Length > 0)
            {
                return value;
            }
        }

        return null;
    }
}
