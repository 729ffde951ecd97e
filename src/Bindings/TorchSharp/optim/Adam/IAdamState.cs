namespace TorchSharp.Modules;

/// <summary>The state that Adam and AdamW share: their public types have no base of their own in TorchSharp's API.</summary>
internal interface IAdamState
{
    ref long Step { get; }

    ref torch.Tensor ExpAvg { get; }

    ref torch.Tensor ExpAvgSq { get; }

    ref torch.Tensor? MaxExpAvgSq { get; }
}
