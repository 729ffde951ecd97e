using Ensemble.Runs;
using Ensemble.Tests.Storage;

namespace Ensemble.Tests.Runs;

public sealed class MachineInfoTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("processor\t: 0\nmodel name\t: AMD EPYC 9\nflags\t\t: fpu sse2 avx512_bf16\n\nprocessor\t: 1\nmodel name\t: other\n", "AMD EPYC 9", true)]
    [InlineData("model name\t: Xeon: fast\nflags\t\t: amx_bf16 fpu\n", "Xeon: fast", true)]
    [InlineData("model name\t: Old\nflags\t\t: fpu avx512f xavx512_bf16x\n", "Old", false)]
    [InlineData("model name\t: Older\nbogomips: 1\nbugs\t: avx512_bf16\n", "Older", false)]
    [InlineData("Features\t: fp asimd bf16\nModel\t: Board 5\n", "Board 5", true)]
    public void Read_ProcessorFile_GivesModelAndBfloat16(string content, string model, bool hasBfloat16)
    {
        var path = _folder.At("cpuinfo");
        File.WriteAllText(path, content);

        var machine = MachineInfo.Read("2.6.0", "cpu", path);

        Assert.Equal(model, machine.Processor);
        Assert.Equal(hasBfloat16, machine.HasBfloat16);
    }

    [Fact]
    public void Read_NoProcessorFile_StillDescribesTheMachine()
    {
        var machine = MachineInfo.Read("2.6.0", "NVIDIA H200", _folder.At("none"));

        Assert.NotEmpty(machine.Processor);
        Assert.False(machine.HasBfloat16);
        Assert.InRange(machine.LogicalCores, 1, 10_000);
        Assert.InRange(machine.MemoryBytes, 1 << 20, long.MaxValue);
        Assert.Equal(Environment.Version.ToString(), machine.DotNetVersion);
        Assert.NotEmpty(machine.OperatingSystem);
        Assert.Equal(("2.6.0", "NVIDIA H200"), (machine.LibtorchVersion, machine.Device));
    }
}
