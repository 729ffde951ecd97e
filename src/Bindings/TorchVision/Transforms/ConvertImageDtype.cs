namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        /// <summary>Converts the type of images, and scales: of bytes, 255 becomes 1.</summary>
        /// <param name="dtype">The type of the result.</param>
        public static ITransform ConvertImageDtype(torch.ScalarType dtype) => new Conversion(dtype);

        private sealed class Conversion(torch.ScalarType dtype) : ITransform
        {
            public torch.Tensor call(torch.Tensor input1) => functional.convert_image_dtype(input1, dtype);
        }
    }
}
