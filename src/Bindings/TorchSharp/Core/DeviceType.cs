namespace TorchSharp;

/// <summary>The kinds of device that this library runs on; the numbers are libtorch's.</summary>
public enum DeviceType
{
    CPU = 0,
    CUDA = 1,
}
