namespace TorchSharp.Modules;

/// <summary>A convolution of [N, in_channels, H, W] to [N, out_channels, H', W'].</summary>
public sealed class Conv2d : Convolution
{
    internal Conv2d(long in_channels, long out_channels, long[] kernel_size, long[] stride, long[] padding, long[] dilation, long groups, bool bias, torch.Device? device, torch.ScalarType? dtype)
        : base(nameof(Conv2d), in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, device, dtype)
    {
    }

    public override torch.Tensor forward(torch.Tensor input) =>
        torch.nn.functional.conv2d(input, weight, bias, stride, padding, dilation, groups);
}
