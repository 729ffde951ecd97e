using static TorchSharp.torch;

namespace TorchSharp.Tests.Cases;

internal static class ConversionCases
{
    public static Dictionary<string, Func<Tensor[], object>> All { get; } = new()
    {
        ["Tensor.float()"] = t => t[0].@float(),
        ["Tensor.double()"] = t => t[0].@double(),
        ["Tensor.half()"] = t => t[0].half(),
        ["Tensor.bfloat16()"] = t => t[0].bfloat16(),
        ["Tensor.long()"] = t => t[0].@long(),
        ["Tensor.int()"] = t => t[0].@int(),
        ["Tensor.bool()"] = t => t[0].@bool(),
        ["Tensor.byte()"] = t => t[0].@byte(),
        ["Tensor.to(ScalarType)"] = t => t[0].to(float64),
        ["Tensor.to(ScalarType) the same"] = t => t[0].to(float32),
        ["Tensor.to(ScalarType) a copy of the same"] = t => t[0].to(float32, copy: true),
        ["Tensor.to(Device)"] = t => t[0].to(CPU),
        ["Tensor.to(Device) a copy"] = t => t[0].to(CPU, copy: true),
        ["Tensor.to(ScalarType,Device)"] = t => t[0].to(int32, CPU),
        ["Tensor.to_type()"] = t => t[0].to_type(int64),
        ["Tensor.cpu()"] = t => t[0].cpu(),
        ["Tensor.clone()"] = t => t[0].clone(),
        ["Tensor.detach()"] = t => t[0].detach(),
        ["Tensor.alias()"] = t => t[0].alias(),
        ["Tensor.copy_()"] = t => t[0].copy_(t[1]),
        ["Tensor.set_()"] = t => t[0].set_(t[1]),
        ["Tensor.fill_()"] = t => t[0].fill_(2.5),
        ["Tensor.zero_()"] = t => t[0].zero_(),
        ["Tensor.zeros_like()"] = t => t[0].zeros_like(),
        ["Tensor.zeros_like(ScalarType)"] = t => t[0].zeros_like(int64),
        ["Tensor.zeros_like(ScalarType) requires_grad"] = t => t[0].zeros_like(float64, requires_grad: true),
        ["Tensor.ones_like()"] = t => t[0].ones_like(),
        ["Tensor.ones_like(ScalarType)"] = t => t[0].ones_like(int64, CPU),
        ["Tensor.ones_like(ScalarType) requires_grad"] = t => t[0].ones_like(float64, requires_grad: true),
        ["Tensor.full_like()"] = t => t[0].full_like(3),
        ["Tensor.full_like(ScalarType)"] = t => t[0].full_like(3.7, int32, CPU),
        ["Tensor.empty_like()"] = t => t[0].empty_like(float64, requires_grad: true).detach().zero_(),
    };
}
