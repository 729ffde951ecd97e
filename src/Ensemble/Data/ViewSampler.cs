namespace Ensemble.Data;

/// <summary>
/// Draws what views do to their images: a pure function of (seed, view, sample). Each kind of variation has a stream of its
/// own, so that one of them does not change what another gives.
/// </summary>
/// <param name="options">How views vary.</param>
/// <param name="shape">The images' shape.</param>
/// <param name="count">Images in the data set.</param>
internal sealed class ViewSampler(AugmentationOptions options, ImageShape shape, int count)
{
    /// <summary>The image as it is.</summary>
    public ViewParameters Plain => new() { Down = options.ShiftPixels, Across = options.ShiftPixels };

    /// <summary>Draws the views of some samples.</summary>
    public ViewParameters[] Draw(ulong seed, int view, ReadOnlySpan<int> samples)
    {
        var views = new ViewParameters[samples.Length];
        for (var row = 0; row < views.Length; row++)
        {
            var drawn = DrawPlace(seed, view, samples[row]);
            drawn = options.CutoutPixels > 0 ? DrawCutout(drawn, seed, view, samples[row]) : drawn;
            views[row] = options.JittersColour ? DrawColour(drawn, seed, view, samples[row]) : drawn;
        }

        return views;
    }

    /// <summary>Draws which sample is mixed into each of some samples, and its share, 0 to 1.</summary>
    public (int[] Partners, float[] Weights) DrawMix(ulong seed, int view, ReadOnlySpan<int> samples)
    {
        var partners = new int[samples.Length];
        var weights = new float[samples.Length];
        for (var row = 0; row < partners.Length; row++)
        {
            var stream = new RandomStream(seed, "data/mixup", (ulong)view, (ulong)samples[row]);
            partners[row] = stream.NextInt(count);
            weights[row] = (float)SymmetricBeta.Draw(stream, options.MixupAlpha);
        }

        return (partners, weights);
    }

    private ViewParameters DrawPlace(ulong seed, int view, int sample)
    {
        if (options is { ShiftPixels: 0, HorizontalFlip: false })
        {
            return Plain;
        }

        var stream = new RandomStream(seed, "data/augmentation", (ulong)view, (ulong)sample);
        var span = (2 * options.ShiftPixels) + 1;
        var (down, across) = (stream.NextInt(span), stream.NextInt(span));
        return new ViewParameters
        {
            Down = down,
            Across = across,
            Mirrored = options.HorizontalFlip && stream.NextInt(2) == 1,
        };
    }

    private ViewParameters DrawCutout(ViewParameters drawn, ulong seed, int view, int sample)
    {
        var stream = new RandomStream(seed, "data/cutout", (ulong)view, (ulong)sample);
        var (middleRow, middleColumn) = (stream.NextInt(shape.Height), stream.NextInt(shape.Width));
        return drawn with
        {
            CutTop = middleRow - (options.CutoutPixels / 2),
            CutLeft = middleColumn - (options.CutoutPixels / 2),
        };
    }

    private ViewParameters DrawColour(ViewParameters drawn, ulong seed, int view, int sample)
    {
        var stream = new RandomStream(seed, "data/colour", (ulong)view, (ulong)sample);
        return drawn with
        {
            Brightness = DrawFactor(stream, options.Brightness),
            Contrast = DrawFactor(stream, options.Contrast),
            Saturation = DrawFactor(stream, options.Saturation),
        };
    }

    private static double DrawFactor(RandomStream stream, double spread) => 1 + (spread * ((2 * stream.NextDouble()) - 1));
}
