namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        /// <summary>Resizes images to a height and width.</summary>
        /// <param name="height">Rows, at least 1.</param>
        /// <param name="width">Columns, at least 1.</param>
        /// <param name="interpolation">Nearest, nearest-exact, bilinear or bicubic; by default nearest, as TorchSharp has it.</param>
        /// <param name="maxSize">Goes with one size for the shorter side only.</param>
        /// <param name="antialias">Whether shrinking weighs all pixels that it joins; bilinear and bicubic only.</param>
        public static ITransform Resize(int height, int width, torch.InterpolationMode interpolation = torch.InterpolationMode.Nearest, int? maxSize = null, bool antialias = false) =>
            new Resizing(height, width, interpolation, maxSize, antialias);

        /// <summary>Resizes images until the shorter side has a size; the ratio of the sides stays, the longer one rounded down.</summary>
        /// <param name="size">Pixels of the shorter side, at least 1.</param>
        /// <param name="interpolation">Nearest, nearest-exact, bilinear or bicubic; by default nearest, as TorchSharp has it.</param>
        /// <param name="maxSize">The most pixels of the longer side, more than <paramref name="size"/>; null for no limit.</param>
        /// <param name="antialias">Whether shrinking weighs all pixels that it joins; bilinear and bicubic only.</param>
        public static ITransform Resize(int size, torch.InterpolationMode interpolation = torch.InterpolationMode.Nearest, int? maxSize = null, bool antialias = false) =>
            new Resizing(size, functional.KeepsRatio, interpolation, maxSize, antialias);

        private sealed class Resizing(int height, int width, torch.InterpolationMode interpolation, int? maxSize, bool antialias) : ITransform
        {
            public torch.Tensor call(torch.Tensor input1) => functional.resize(input1, height, width, interpolation, maxSize, antialias);
        }
    }
}
