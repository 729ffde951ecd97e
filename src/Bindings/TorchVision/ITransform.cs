namespace TorchSharp;

/// <summary>What torchvision adds for images.</summary>
public static partial class torchvision
{
    /// <summary>Makes an image, or a batch of them, into another. The input stays the caller's.</summary>
    public interface ITransform : torch.nn.IModule<torch.Tensor, torch.Tensor>
    {
    }
}
