using static TorchSharp.torch;
using static TorchSharp.torch.nn.init;

namespace TorchSharp.Tests.Cases;

internal static class InitCases
{
    public static Dictionary<string, Func<Tensor[], object>> All { get; } = new()
    {
        ["init.uniform_()"] = t => uniform_(t[0]),
        ["init.uniform_(double,double,Generator)"] = t => uniform_(t[0], -0.5, 2, new Generator(3)),
        ["init.normal_()"] = t => normal_(t[0]),
        ["init.normal_(double,double)"] = t => normal_(t[0], 1, 0.02),
        ["init.constant_()"] = t => constant_(t[0], 0.3),
        ["init.zeros_()"] = t => zeros_(t[0]),
        ["init.ones_()"] = t => ones_(t[0]),
        ["init.kaiming_uniform_()"] = t => kaiming_uniform_(t[0]),
        ["init.kaiming_uniform_() a"] = t => kaiming_uniform_(t[0], Math.Sqrt(5)),
        ["init.kaiming_uniform_() fan out, relu"] = t => kaiming_uniform_(t[0], 0, FanInOut.FanOut, NonlinearityType.ReLU),
        ["init.kaiming_normal_()"] = t => kaiming_normal_(t[0]),
        ["init.kaiming_normal_() a"] = t => kaiming_normal_(t[0], Math.Sqrt(5)),
        ["init.kaiming_normal_() fan out, relu"] = t => kaiming_normal_(t[0], 0, FanInOut.FanOut, NonlinearityType.ReLU),
        ["init.calculate_gain()"] = _ => tensor(
        [
            calculate_gain(NonlinearityType.Linear), calculate_gain(NonlinearityType.Conv2D), calculate_gain(NonlinearityType.Sigmoid),
            calculate_gain(NonlinearityType.Tanh), calculate_gain(NonlinearityType.ReLU), calculate_gain(NonlinearityType.LeakyReLU, 0.2),
        ]),
        ["init.CalculateFanInAndFanOut()"] = t => Fans(t[0]).Concat(Fans(t[1])).ToArray(),
        ["nn.Linear() starts as PyTorch's"] = _ => Values(nn.Linear(7, 3)),
        ["nn.Conv2d() starts as PyTorch's"] = _ => Values(nn.Conv2d(4, 6, 3, groups: 2)),
        ["nn.BatchNorm2d() starts as PyTorch's"] = _ => Values(nn.BatchNorm2d(3)),
        ["nn.Parameter()"] = t => nn.Parameter(t[0].detach().clone()).detach(),
    };

    private static long[] Fans(Tensor weight)
    {
        var (fanIn, fanOut) = CalculateFanInAndFanOut(weight);
        return [fanIn, fanOut];
    }

    private static Tensor[] Values(nn.Module module)
    {
        using (module) return module.state_dict().Values.Select(value => value.detach().clone()).ToArray();
    }
}
