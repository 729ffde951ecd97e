namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        /// <summary>Cuts out the middle; smaller images get zeros around.</summary>
        /// <param name="height">Rows, at least 1.</param>
        /// <param name="width">Columns, at least 1.</param>
        public static ITransform CenterCrop(int height, int width) => new MiddleCut(height, width);

        /// <summary>Cuts out the middle square.</summary>
        /// <param name="size">Rows and columns, at least 1.</param>
        public static ITransform CenterCrop(int size) => new MiddleCut(size, size);

        private sealed class MiddleCut(int height, int width) : ITransform
        {
            public torch.Tensor call(torch.Tensor input1) => functional.center_crop(input1, height, width);
        }
    }
}
