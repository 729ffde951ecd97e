namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>For each pixel of a row (or column) of the result: which source pixels count, and how much.</summary>
internal sealed class ResizeKernels
{
    private readonly int[] _first;
    private readonly float[][] _weights;

    private ResizeKernels(int count)
    {
        _first = new int[count];
        _weights = new float[count][];
    }

    /// <summary>
    /// Result pixel i lies at (i + 0.5) s/d - 0.5 of the source, s and d being both lengths; source pixel j counts by
    /// f((j - that) / max(1, s/d)). At the borders the weights that are left are scaled up.
    /// </summary>
    /// <param name="resampler">f.</param>
    /// <param name="sourceLength">s, in pixels.</param>
    /// <param name="targetLength">d, in pixels, before anything is cut off.</param>
    /// <param name="firstWanted">The first i; what comes before is cut off.</param>
    /// <param name="wantedCount">How many.</param>
    public static ResizeKernels Create(
        IResampler resampler, int sourceLength, int targetLength, int firstWanted, int wantedCount)
    {
        var ratio = (double)sourceLength / targetLength;
        var scale = Math.Max(1, ratio);
        var reach = scale * resampler.Radius;
        var kernels = new ResizeKernels(wantedCount);
        for (var index = 0; index < wantedCount; index++)
        {
            var centre = ((firstWanted + index + .5) * ratio) - .5;
            // At an exact edge rounding may go either way; the edge has no weight but with a box, where one side has.
            var first = Math.Max(0, (int)Math.Floor(centre - reach));
            var last = Math.Min(sourceLength - 1, (int)Math.Ceiling(centre + reach));
            kernels.Set(index, first, last, at => resampler.GetValue((float)((at - centre) / scale)));
        }

        return kernels;
    }

    /// <summary>The first source pixel that counts for a result pixel.</summary>
    public int First(int index) => _first[index];

    /// <summary>The weights from that pixel on; their sum is 1.</summary>
    public ReadOnlySpan<float> Weights(int index) => _weights[index];

    private void Set(int index, int first, int last, Func<int, float> weigh)
    {
        var weights = new float[last - first + 1];
        var sum = 0.0;
        for (var at = first; at <= last; at++)
        {
            sum += weights[at - first] = weigh(at);
        }

        var start = weights.AsSpan().IndexOfAnyExcept(0);
        if (start < 0) throw new ArgumentException("the filter weighs no pixel");
        var kept = weights.AsSpan(start, weights.AsSpan().LastIndexOfAnyExcept(0) - start + 1).ToArray();
        for (var weight = 0; weight < kept.Length; weight++) kept[weight] = (float)(kept[weight] / sum);
        _first[index] = first + start;
        _weights[index] = kept;
    }
}
