namespace TorchSharp;

public static partial class torchvision
{
    /// <summary>Makers of transforms of images.</summary>
    public static partial class transforms
    {
        /// <summary>Subtracts a mean from each channel, and divides by a deviation.</summary>
        /// <param name="means">A value for each channel.</param>
        /// <param name="stdevs">A value for each channel, none of them zero.</param>
        /// <param name="dtype">In which the two are held.</param>
        /// <param name="device">Where the two are held, the images' own by default.</param>
        /// <exception cref="ArgumentException">The two have different lengths.</exception>
        public static ITransform Normalize(double[] means, double[] stdevs, torch.ScalarType dtype = torch.ScalarType.Float32, torch.Device? device = null)
        {
            ArgumentNullException.ThrowIfNull(means);
            ArgumentNullException.ThrowIfNull(stdevs);
            if (means.Length != stdevs.Length) throw new ArgumentException($"must have a value for each of {means.Length} means, has {stdevs.Length}", nameof(stdevs));
            return new Normalization(means, stdevs, dtype, device);
        }

        private sealed class Normalization(double[] means, double[] stdevs, torch.ScalarType dtype, torch.Device? device) : ITransform
        {
            public torch.Tensor call(torch.Tensor input1) => functional.Normalized(input1, means, stdevs, dtype, device ?? input1.device);
        }
    }
}
