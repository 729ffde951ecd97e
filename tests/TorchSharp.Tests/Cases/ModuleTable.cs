using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace TorchSharp.Tests.Cases;

/// <summary>How each module of the fixtures is built here.</summary>
internal static class ModuleTable
{
    public static IReadOnlyDictionary<string, Func<Module>> All { get; } = new Dictionary<string, Func<Module>>
    {
        ["nn.Linear()"] = () => Linear(3, 4),
        ["nn.Linear() without bias, float64"] = () => Linear(3, 4, false, dtype: float64),
        ["nn.Conv2d()"] = () => Conv2d(3, 4, 3),
        ["nn.Conv2d() all settings"] = () => Conv2d(3, 6, 3, 2, 1, 2, PaddingModes.Zeros, 3, false),
        ["nn.BatchNorm1d training"] = () => BatchNorm1d(3),
        ["nn.BatchNorm1d eval"] = () => BatchNorm1d(3),
        ["nn.BatchNorm1d of three dimensions training"] = () => BatchNorm1d(3),
        ["nn.BatchNorm1d of three dimensions eval"] = () => BatchNorm1d(3),
        ["nn.BatchNorm1d untracked"] = () => BatchNorm1d(3, track_running_stats: false),
        ["nn.BatchNorm2d training"] = () => BatchNorm2d(3),
        ["nn.BatchNorm2d eval"] = () => BatchNorm2d(3),
        ["nn.BatchNorm2d twice"] = () => BatchNorm2d(3, 1e-3, 0.3),
        ["nn.BatchNorm2d cumulative"] = Cumulative,
        ["nn.BatchNorm2d not affine"] = () => BatchNorm2d(3, affine: false),
        ["nn.ReLU()"] = () => ReLU(),
        ["nn.ReLU() in place"] = () => Sequential(Linear(3, 4), ReLU(true)),
        ["nn.ReLU6()"] = () => ReLU6(),
        ["nn.ReLU6() in place"] = () => Sequential(Linear(3, 4), ReLU6(true)),
        ["nn.LeakyReLU()"] = () => LeakyReLU(),
        ["nn.LeakyReLU(double)"] = () => LeakyReLU(0.3),
        ["nn.LeakyReLU() in place"] = () => Sequential(Linear(3, 4), LeakyReLU(inplace: true)),
        ["nn.Hardswish()"] = () => Hardswish(),
        ["nn.Hardswish() in place"] = () => Sequential(Linear(3, 4), Hardswish(true)),
        ["nn.SiLU()"] = () => SiLU(),
        ["nn.SiLU() in place"] = () => Sequential(("0", Linear(3, 4)), ("1", SiLU(true))),
        ["nn.GELU()"] = () => GELU(),
        ["nn.Identity()"] = () => Identity(),
        ["nn.Flatten()"] = () => Flatten(),
        ["nn.Flatten(long,long)"] = () => Flatten(0, 1),
        ["nn.Dropout training"] = () => Dropout(),
        ["nn.Dropout eval"] = () => Dropout(0.9),
        ["nn.Dropout2d training"] = () => Dropout2d(0.4),
        ["nn.Dropout2d eval"] = () => Dropout2d(),
        ["nn.MaxPool2d()"] = () => MaxPool2d(2),
        ["nn.MaxPool2d() all settings"] = () => MaxPool2d(3, 2, 1, 1, true),
        ["nn.AvgPool2d()"] = () => AvgPool2d(2),
        ["nn.AvgPool2d() all settings"] = () => AvgPool2d(3, 2, 1, true, false),
        ["nn.AdaptiveAvgPool2d()"] = () => AdaptiveAvgPool2d(2),
        ["nn.Sequential training"] = Network,
        ["nn.Sequential eval"] = Network,
        ["nn.CrossEntropyLoss()"] = () => CrossEntropyLoss(),
        ["nn.CrossEntropyLoss() all settings"] = () => CrossEntropyLoss(ones(3), 0, Reduction.Sum),
        ["nn.CrossEntropyLoss() label_smoothing"] = () => new Modules.CrossEntropyLoss(label_smoothing: 0.2),
        ["nn.NLLLoss()"] = () => NLLLoss(),
        ["nn.NLLLoss() weight, sum"] = () => NLLLoss(ones(3), Reduction.Sum),
        ["nn.KLDivLoss()"] = () => KLDivLoss(),
        ["nn.KLDivLoss() probabilities, sum"] = () => KLDivLoss(false, Reduction.Sum),
        ["nn.MSELoss()"] = () => MSELoss(),
        ["nn.MSELoss() none"] = () => MSELoss(Reduction.None),
    };

    private static Modules.BatchNorm2d Cumulative()
    {
        var norm = BatchNorm2d(3);
        norm.momentum = null;
        return norm;
    }

    private static Modules.Sequential Network()
    {
        IEnumerable<Module<Tensor, Tensor>> layers =
            [Conv2d(3, 4, 3, padding: 1, bias: false), BatchNorm2d(4), ReLU(), MaxPool2d(2), Flatten(), Dropout(0.25), Linear(16, 3)];
        return Sequential(layers);
    }
}
