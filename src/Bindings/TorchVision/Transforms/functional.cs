namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        /// <summary>The transforms as functions. Images are [..., C, H, W]; the input stays the caller's, the result is new.</summary>
        public static partial class functional
        {
            /// <summary>Cuts a box out; where it reaches over the edge, there are zeros.</summary>
            public static torch.Tensor crop(torch.Tensor input, int top, int left, int height, int width)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
                ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
                var (imageHeight, imageWidth) = SizeOf(input);
                var (firstRow, rows, above, below) = Overlap(top, height, imageHeight);
                var (firstColumn, columns, before, after) = Overlap(left, width, imageWidth);
                using var scope = torch.NewDisposeScope();
                var inside = input.narrow(-2, firstRow, rows).narrow(-1, firstColumn, columns);
                var box = above + below + before + after == 0 ? inside.alias() : torch.nn.functional.pad(inside, [before, after, above, below]);
                return box.MoveToOuterDisposeScope();
            }

            /// <summary>Cuts out the middle; an odd pixel left over stays below and at the right. Smaller images get zeros around.</summary>
            public static torch.Tensor center_crop(torch.Tensor input, int height, int width)
            {
                var (imageHeight, imageWidth) = SizeOf(input);
                return crop(input, (int)(imageHeight - height) / 2, (int)(imageWidth - width) / 2, height, width);
            }

            /// <summary>Subtracts a mean from each channel, and divides by a deviation.</summary>
            /// <param name="input">Floating-point images.</param>
            /// <param name="means">A value for each channel.</param>
            /// <param name="stdevs">A value for each channel, none of them zero.</param>
            /// <param name="dtype">In which the two are held.</param>
            /// <exception cref="ArgumentException">The image is of whole numbers, counts differ, or a deviation is zero.</exception>
            public static torch.Tensor normalize(torch.Tensor input, double[] means, double[] stdevs, torch.ScalarType dtype = torch.ScalarType.Float32) =>
                Normalized(input, means, stdevs, dtype, input.device);

            /// <summary>Converts the type of images, and scales: 1 of a floating-point type is the most of a whole-numbered one.</summary>
            /// <exception cref="ArgumentException">The cast cannot hold every value.</exception>
            public static torch.Tensor convert_image_dtype(torch.Tensor image, torch.ScalarType dtype = torch.ScalarType.Float32)
            {
                if (image.dtype == dtype) return image.alias();
                using var scope = torch.NewDisposeScope();
                return Rescaled(image, dtype).MoveToOuterDisposeScope();
            }

            /// <summary>Weighs red, green and blue to a gray: of floating-point images the same type, else float32 from 0 to 1.</summary>
            /// <param name="input">Images of three channels, or of one, which stay as they are.</param>
            /// <param name="num_output_channels">1, or 3: the gray three times.</param>
            public static torch.Tensor rgb_to_grayscale(torch.Tensor input, int num_output_channels = 1)
            {
                if (num_output_channels is not (1 or 3)) throw new ArgumentException($"must be 1 or 3, is {num_output_channels}", nameof(num_output_channels));
                if (input.size(-3) == 1) return input.alias();
                if (input.size(-3) != 3) throw new ArgumentException($"must have 1 or 3 channels, has {input.size(-3)}", nameof(input));
                using var scope = torch.NewDisposeScope();
                var colours = (input.is_floating_point() ? input : convert_image_dtype(input)).unbind(-3);
                var gray = ((colours[0] * 0.2989) + (colours[1] * 0.587) + (colours[2] * 0.114)).unsqueeze(-3);
                return (num_output_channels == 3 ? gray.expand(input.shape) : gray).MoveToOuterDisposeScope();
            }

            internal static torch.Tensor Normalized(torch.Tensor input, double[] means, double[] stdevs, torch.ScalarType dtype, torch.Device device)
            {
                if (!input.is_floating_point()) throw new ArgumentException($"must be of a floating-point type, is {input.dtype}", nameof(input));
                if (means.Length != input.size(-3) || stdevs.Length != means.Length)
                    throw new ArgumentException($"{means.Length} means and {stdevs.Length} deviations do not go with {input.size(-3)} channels", nameof(means));
                if (stdevs.Contains(0)) throw new ArgumentException("must not hold a zero", nameof(stdevs));
                using var scope = torch.NewDisposeScope();
                var mean = torch.tensor(means, [means.Length, 1, 1], dtype, device);
                var deviation = torch.tensor(stdevs, [stdevs.Length, 1, 1], dtype, device);
                return ((input - mean) / deviation).MoveToOuterDisposeScope();
            }

            private static torch.Tensor Rescaled(torch.Tensor image, torch.ScalarType dtype)
            {
                var isReal = dtype is torch.ScalarType.Float16 or torch.ScalarType.Float32 or torch.ScalarType.Float64 or torch.ScalarType.BFloat16;
                if (image.is_floating_point())
                {
                    if (isReal) return image.to(dtype);
                    if (MostOf(dtype) >= 1 << 24) throw new ArgumentException($"{image.dtype} cannot hold every {dtype}", nameof(dtype));
                    return image.mul(MostOf(dtype) + 0.999).to(dtype);
                }

                if (isReal) return image.to(dtype) / MostOf(image.dtype);
                var (from, to) = (MostOf(image.dtype), MostOf(dtype));
                return from > to
                    ? image.div((from + 1) / (to + 1), torch.RoundingMode.floor).to(dtype)
                    : image.to(dtype) * ((to + 1) / (from + 1));
            }

            private static long MostOf(torch.ScalarType dtype) => dtype switch
            {
                torch.ScalarType.Byte => byte.MaxValue,
                torch.ScalarType.Int8 => sbyte.MaxValue,
                torch.ScalarType.Int16 => short.MaxValue,
                torch.ScalarType.Int32 => int.MaxValue,
                torch.ScalarType.Int64 => long.MaxValue,
                _ => throw new ArgumentException($"{dtype} is no type of images", nameof(dtype)),
            };

            private static long LeastOf(torch.ScalarType dtype) => dtype == torch.ScalarType.Byte ? 0 : -MostOf(dtype) - 1;

            private static (long Height, long Width) SizeOf(torch.Tensor input) => input.dim() >= 2
                ? (input.size(-2), input.size(-1))
                : throw new ArgumentException($"must be an image, has {input.dim()} dimensions", nameof(input));

            // Where a stretch begins in an image's side and how much of it is inside; how much lies before and after.
            private static (long First, long Count, long Before, long After) Overlap(int start, int length, long side)
            {
                var first = Math.Clamp(start, 0, side);
                var end = Math.Clamp((long)start + length, first, side);
                var before = Math.Clamp(-(long)start, 0, length);
                return (first, end - first, before, length - before - (end - first));
            }
        }
    }
}
