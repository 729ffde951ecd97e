namespace Ensemble.Data.Shapes;

/// <summary>
/// Paints one image: background, clutter behind, the figure, clutter before, pixel noise. It keeps a canvas between
/// images, and nothing else: the image is a function of the options, the class and the stream. Not for several threads
/// at once.
/// </summary>
/// <remarks>
/// Only operations that IEEE 754 rounds exactly are used (no sines, no fused multiply-adds), so that every machine
/// paints the same bytes.
/// </remarks>
internal sealed class ScenePainter
{
    private const float ScaleOfByteSum = 1f / 147.80053f;

    private readonly ShapesOptions _options;
    private readonly int _size;
    private readonly Colour[] _canvas;

    /// <summary>Makes a painter.</summary>
    /// <param name="options">Valid options.</param>
    public ScenePainter(ShapesOptions options)
    {
        _options = options;
        _size = options.SizePixels;
        _canvas = new Colour[_size * _size];
    }

    /// <summary>Paints an image.</summary>
    /// <param name="shape">The figure's class.</param>
    /// <param name="random">The image's own stream, at its start.</param>
    /// <param name="pixels">Receives [3, size, size] uint8.</param>
    public void Paint(ShapeClass shape, RandomStream random, Span<byte> pixels)
    {
        var background = Colour.Draw(random, 0.2f, 0.8f);
        PaintBackground(new Texture(random, background, (float)_options.TextureMaximum, _size));
        var clutterCount = random.NextInt(_options.ClutterMaximum + 1);
        for (var item = 0; item < clutterCount; item++)
        {
            PaintClutter(random, background);
        }

        var figure = FigureFactory.Draw(shape, DrawFigurePose(random), _options, random);
        var contrast = DrawWithin(random, _options.ContrastMinimum, _options.ContrastMaximum);
        var colour = background.DrawContrasting(random, contrast);
        PaintOver(figure, new Texture(random, colour, (float)_options.TextureMaximum, _size));
        var occluderCount = random.NextInt(_options.OccluderMaximum + 1);
        for (var item = 0; item < occluderCount; item++)
        {
            PaintOccluder(random, background);
        }

        WritePixels(random, DrawWithin(random, _options.NoiseMinimum, _options.NoiseMaximum), pixels);
    }

    /// <summary>Draws a number uniform within a range.</summary>
    public static float DrawWithin(RandomStream random, double minimum, double maximum) =>
        (float)minimum + ((float)(maximum - minimum) * random.NextSingle());

    /// <summary>Draws a direction, as a cosine and a sine: a point uniform in a ring, brought to length 1.</summary>
    public static (float Cosine, float Sine) DrawDirection(RandomStream random)
    {
        while (true)
        {
            var x = (2 * random.NextSingle()) - 1;
            var y = (2 * random.NextSingle()) - 1;
            var square = (x * x) + (y * y);
            if (square is <= 1 and > 0.01f)
            {
                var length = MathF.Sqrt(square);
                return (x / length, y / length);
            }
        }
    }

    private Pose DrawFigurePose(RandomStream random)
    {
        var radius = _size * DrawWithin(random, _options.RadiusMinimum, _options.RadiusMaximum);
        var shift = _size * (float)_options.ShiftMaximum;
        return DrawPose(random, radius, _size / 2f, shift);
    }

    private static Pose DrawPose(RandomStream random, float radius, float middle, float shift)
    {
        var centreX = middle + DrawWithin(random, -shift, shift);
        var centreY = middle + DrawWithin(random, -shift, shift);
        var (cosine, sine) = DrawDirection(random);
        return new Pose { CentreX = centreX, CentreY = centreY, Radius = radius, Cosine = cosine, Sine = sine };
    }

    private void PaintBackground(Texture texture)
    {
        for (var row = 0; row < _size; row++)
        {
            for (var column = 0; column < _size; column++)
            {
                _canvas[(row * _size) + column] = texture.At(column + 0.5f, row + 0.5f);
            }
        }
    }

    private void PaintClutter(RandomStream random, Colour background)
    {
        if (random.NextInt(2) == 0)
        {
            PaintStroke(random, background, 0.01, 0.03);
            return;
        }

        var pose = DrawPose(random, _size * DrawWithin(random, 0.03, 0.12), _size / 2f, _size / 2f)
            with { Elongation = DrawWithin(random, 1, 2) };
        PaintOver(new EllipseOutline(pose), DrawClutterTexture(random, background));
    }

    private void PaintOccluder(RandomStream random, Colour background) => PaintStroke(random, background, 0.015, 0.045);

    private void PaintStroke(
        RandomStream random, Colour background, double halfThicknessMinimum, double halfThicknessMaximum)
    {
        var halfThickness = _size * DrawWithin(random, halfThicknessMinimum, halfThicknessMaximum);
        var halfLength = _size * DrawWithin(random, 0.1, 0.5);
        var pose = DrawPose(random, halfThickness, _size / 2f, _size / 2f);
        PaintOver(new StrokeOutline(pose, halfLength), DrawClutterTexture(random, background));
    }

    private Texture DrawClutterTexture(RandomStream random, Colour background)
    {
        var contrast = DrawWithin(random, _options.ContrastMinimum, _options.ContrastMaximum);
        return new Texture(random, background.DrawContrasting(random, contrast), (float)_options.TextureMaximum, _size);
    }

    /// <summary>Lays a filled outline over the canvas; a pixel is covered by 1/2 - distance, within 0 to 1, of its
    /// middle.</summary>
    private void PaintOver(IOutline outline, Texture texture)
    {
        var reach = outline.Reach + 1;
        var top = Math.Clamp((int)(outline.CentreY - reach), 0, _size);
        var bottom = Math.Clamp((int)(outline.CentreY + reach) + 1, 0, _size);
        var left = Math.Clamp((int)(outline.CentreX - reach), 0, _size);
        var right = Math.Clamp((int)(outline.CentreX + reach) + 1, 0, _size);
        for (var row = top; row < bottom; row++)
        {
            for (var column = left; column < right; column++)
            {
                var coverage = MathF.Min(0.5f - outline.Distance(column + 0.5f, row + 0.5f), 1);
                if (coverage > 0)
                {
                    ref var pixel = ref _canvas[(row * _size) + column];
                    var colour = texture.At(column + 0.5f, row + 0.5f);
                    pixel = pixel.Plus(colour.Plus(pixel, -1), coverage);
                }
            }
        }
    }

    private void WritePixels(RandomStream random, float noise, Span<byte> pixels)
    {
        var plane = _canvas.Length;
        for (var index = 0; index < plane; index++)
        {
            var colour = _canvas[index];
            pixels[index] = ToByte(colour.Red + (noise * DrawNoise(random)));
            pixels[plane + index] = ToByte(colour.Green + (noise * DrawNoise(random)));
            pixels[(2 * plane) + index] = ToByte(colour.Blue + (noise * DrawNoise(random)));
        }
    }

    /// <summary>Nearly normal noise of mean 0 and variance 1 from one draw: the sum of its four bytes; at most 3.45
    /// from 0.</summary>
    private static float DrawNoise(RandomStream random)
    {
        var word = random.NextUInt32();
        var sum = (word & 0xFF) + ((word >> 8) & 0xFF) + ((word >> 16) & 0xFF) + (word >> 24);
        return ((int)sum - 510) * ScaleOfByteSum;
    }

    private static byte ToByte(float value) => (byte)Math.Clamp((int)((value * 255) + 0.5f), 0, 255);
}
