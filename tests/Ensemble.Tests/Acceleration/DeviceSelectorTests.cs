using Ensemble.Acceleration;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Acceleration;

[Collection(TensorTests.Name)]
public sealed class DeviceSelectorTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData("CPU")]
    public void Resolve_Cpu_IsTheCpu(string requested) => Assert.Equal(DeviceType.CPU, DeviceSelector.Resolve(requested).type);

    [Theory]
    [InlineData("auto")]
    [InlineData("Auto")]
    public void Resolve_Auto_IsAGpuWhereThereIsOne(string requested) =>
        Assert.Equal(torch.cuda.is_available() ? DeviceType.CUDA : DeviceType.CPU, DeviceSelector.Resolve(requested).type);

    [Theory]
    [InlineData("cuda")]
    [InlineData("cuda:0")]
    [InlineData("CUDA:1")]
    public void Resolve_CudaOnAMachineWithout_SaysWhatToDo(string requested)
    {
        Assert.SkipWhen(torch.cuda.is_available(), "this machine has a GPU");

        var fault = Assert.Throws<MachineFaultException>(() => DeviceSelector.Resolve(requested));

        Assert.Contains(requested, fault.Message, StringComparison.Ordinal);
        Assert.Contains("--device cpu", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:x")]
    [InlineData("cuda:-1")]
    [InlineData("mps")]
    [InlineData("")]
    public void Resolve_NoDevice_ListsThose(string requested)
    {
        var fault = Assert.Throws<UnknownNameException>(() => DeviceSelector.Resolve(requested));

        Assert.Contains("cuda", fault.KnownNames);
    }
}
