namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        /// <summary>Weighs red, green and blue to a gray.</summary>
        /// <param name="outputChannels">1, or 3: the gray three times.</param>
        public static ITransform Grayscale(int outputChannels = 1) => new Graying(outputChannels);

        private sealed class Graying(int outputChannels) : ITransform
        {
            public torch.Tensor call(torch.Tensor input1) => functional.rgb_to_grayscale(input1, outputChannels);
        }
    }
}
