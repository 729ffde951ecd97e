using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static partial class functional
        {
            /// <summary>Makes a grid of values [N, C, ...], of one, two or three dimensions, larger or smaller.</summary>
            /// <param name="x">The values.</param>
            /// <param name="size">The result's size, one for each dimension of the grid; this or <paramref name="scale_factor"/>.</param>
            /// <param name="scale_factor">How much larger the result is, for each dimension; rounded down to whole values.</param>
            /// <param name="mode">Linear takes one dimension, bilinear and bicubic two, trilinear three, the others any.</param>
            /// <param name="align_corners">Whether the corners' centres stay where they are, for the modes that weigh.</param>
            /// <param name="recompute_scale_factor">Whether the rounded size says how much larger, and not <paramref name="scale_factor"/>.</param>
            /// <param name="antialias">Whether shrinking weighs all values that it joins; bilinear and bicubic only.</param>
            /// <exception cref="ArgumentException">The arguments do not go together.</exception>
            public static Tensor interpolate(Tensor x, long[]? size = null, double[]? scale_factor = null, InterpolationMode mode = InterpolationMode.Nearest, bool? align_corners = null, bool recompute_scale_factor = false, bool antialias = false)
            {
                var dimensions = (int)x.dim() - 2;
                RequireTogether(dimensions, size, scale_factor, mode, align_corners, recompute_scale_factor, antialias);
                var output = size ?? Scaled(x, scale_factor!);
                var scales = size is null && !recompute_scale_factor ? scale_factor : null;
                var align = align_corners ?? false;
                return (mode, dimensions) switch
                {
                    (InterpolationMode.Nearest, 1) => Ops.upsample_nearest1d.Invoke(x, output, At(0)),
                    (InterpolationMode.Nearest, 2) => Ops.upsample_nearest2d.Invoke(x, output, At(0), At(1)),
                    (InterpolationMode.Nearest, 3) => Ops.upsample_nearest3d.Invoke(x, output, At(0), At(1), At(2)),
                    (InterpolationMode.NearestExact, 1) => Ops._upsample_nearest_exact1d.Invoke(x, output, At(0)),
                    (InterpolationMode.NearestExact, 2) => Ops._upsample_nearest_exact2d.Invoke(x, output, At(0), At(1)),
                    (InterpolationMode.NearestExact, 3) => Ops._upsample_nearest_exact3d.Invoke(x, output, At(0), At(1), At(2)),
                    (InterpolationMode.Area, 1) => Ops.adaptive_avg_pool1d.Invoke(x, output),
                    (InterpolationMode.Area, 2) => Ops.adaptive_avg_pool2d.Invoke(x, output),
                    (InterpolationMode.Area, 3) => Ops.adaptive_avg_pool3d.Invoke(x, output),
                    (InterpolationMode.Linear, 1) => Ops.upsample_linear1d.Invoke(x, output, align, At(0)),
                    (InterpolationMode.Bilinear, 2) => (antialias ? Ops._upsample_bilinear2d_aa : Ops.upsample_bilinear2d).Invoke(x, output, align, At(0), At(1)),
                    (InterpolationMode.Bicubic, 2) => (antialias ? Ops._upsample_bicubic2d_aa : Ops.upsample_bicubic2d).Invoke(x, output, align, At(0), At(1)),
                    (InterpolationMode.Trilinear, 3) => Ops.upsample_trilinear3d.Invoke(x, output, align, At(0), At(1), At(2)),
                    _ => throw new ArgumentException($"{mode} does not go with {x.dim()} dimensions", nameof(mode)),
                };

                Arg At(int dimension) => scales is null ? Arg.None : scales[dimension];
            }

            private static long[] Scaled(Tensor x, double[] scales) =>
                [.. scales.Select((scale, dimension) => (long)Math.Floor(x.size(dimension + 2) * scale))];

            private static void RequireTogether(int dimensions, long[]? size, double[]? scale_factor, InterpolationMode mode, bool? align_corners, bool recompute_scale_factor, bool antialias)
            {
                if ((size is null) == (scale_factor is null)) throw new ArgumentException("either a size or a scale_factor is needed, and not both", nameof(size));
                if ((size?.Length ?? scale_factor!.Length) != dimensions) throw new ArgumentException($"a value for each of {dimensions} dimensions is needed", size is null ? nameof(scale_factor) : nameof(size));
                if (recompute_scale_factor && size is not null) throw new ArgumentException("a size leaves no scale_factor to recompute", nameof(recompute_scale_factor));
                if (align_corners is not null && mode is InterpolationMode.Nearest or InterpolationMode.NearestExact or InterpolationMode.Area)
                    throw new ArgumentException($"{mode} has no corners to align", nameof(align_corners));
                if (antialias && mode is not (InterpolationMode.Bilinear or InterpolationMode.Bicubic)) throw new ArgumentException($"{mode} has no antialiasing", nameof(antialias));
            }
        }
    }
}
