namespace TorchSharp.Modules;

/// <summary>The options that Adam and AdamW share: their public types have no base of their own in TorchSharp's API.</summary>
internal interface IAdamOptions
{
    ref double? Beta1 { get; }

    ref double? Beta2 { get; }

    ref double? Epsilon { get; }

    ref double? WeightDecay { get; }

    ref bool? AmsGrad { get; }

    ref bool? Maximize { get; }
}
