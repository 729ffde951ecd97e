namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        public static partial class functional
        {
            internal const int KeepsRatio = -1;

            /// <summary>Resizes images [..., H, W]. Whole-numbered ones are computed in float32, rounded and held to their type's range.</summary>
            /// <param name="input">The images.</param>
            /// <param name="height">Rows; with a width of -1 the pixels of the shorter side.</param>
            /// <param name="width">Columns, or -1: the ratio of the sides stays.</param>
            /// <param name="interpolation">Nearest, nearest-exact, bilinear or bicubic.</param>
            /// <param name="maxSize">With a width of -1: the most pixels of the longer side.</param>
            /// <param name="antialias">Whether shrinking weighs all pixels that it joins.</param>
            /// <exception cref="ArgumentException">A size is below 1, the arguments do not go together, or the mode is another.</exception>
            public static torch.Tensor resize(torch.Tensor input, int height, int width, torch.InterpolationMode interpolation = torch.InterpolationMode.Nearest, int? maxSize = null, bool antialias = false)
            {
                RequireMode(interpolation);
                var (imageHeight, imageWidth) = SizeOf(input);
                var (rows, columns) = TargetSize(imageHeight, imageWidth, height, width, maxSize);
                if (rows == imageHeight && columns == imageWidth) return input.alias();
                using var scope = torch.NewDisposeScope();
                var batch = input.reshape(-1, 1, imageHeight, imageWidth);
                // The operators that weigh take no whole numbers; nearest needs no weights.
                var isCast = !input.is_floating_point();
                var values = isCast ? batch.to(torch.ScalarType.Float32) : batch;
                var weighs = interpolation is torch.InterpolationMode.Bilinear or torch.InterpolationMode.Bicubic;
                var resized = torch.nn.functional.interpolate(values, [rows, columns], null, interpolation, weighs ? false : null, false, antialias && weighs);
                if (isCast && weighs) resized = Whole(resized, input.dtype);
                return resized.to(input.dtype).reshape([.. input.shape[..^2], rows, columns]).MoveToOuterDisposeScope();
            }

            private static (long Rows, long Columns) TargetSize(long imageHeight, long imageWidth, int height, int width, int? maxSize)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
                if (width != KeepsRatio)
                {
                    ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
                    return maxSize is null ? (height, width) : throw new ArgumentException("goes with one size for the shorter side only", nameof(maxSize));
                }

                if (maxSize <= height) throw new ArgumentException($"must be above the shorter side's {height} pixels, is {maxSize}", nameof(maxSize));
                var (shorter, longer) = ((long)height, height * Math.Max(imageHeight, imageWidth) / Math.Min(imageHeight, imageWidth));
                if (longer > maxSize) (shorter, longer) = (Math.Max(1, maxSize.Value * shorter / longer), maxSize.Value);
                return imageHeight <= imageWidth ? (shorter, longer) : (longer, shorter);
            }

            private static torch.Tensor Whole(torch.Tensor values, torch.ScalarType dtype) => values.round().clamp(LeastOf(dtype), MostOf(dtype));

            private static void RequireMode(torch.InterpolationMode interpolation)
            {
                if (interpolation is not (torch.InterpolationMode.Nearest or torch.InterpolationMode.NearestExact or torch.InterpolationMode.Bilinear or torch.InterpolationMode.Bicubic))
                    throw new ArgumentException($"must be nearest, nearest-exact, bilinear or bicubic, is {interpolation}", nameof(interpolation));
            }
        }
    }
}
