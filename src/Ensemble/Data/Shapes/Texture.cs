namespace Ensemble.Data.Shapes;

/// <summary>What a region is filled with: one colour, a gradient, stripes, or smooth noise around that
/// colour.</summary>
internal sealed class Texture
{
    private const int Kinds = 4;
    private const int LatticeSide = 9;

    private readonly int _kind;
    private readonly Colour _middle;
    private readonly Colour _swing;
    private readonly float _alongX;
    private readonly float _alongY;
    private readonly float _phase;
    private readonly float[] _lattice = [];
    private readonly float _cellsPerPixel;

    /// <summary>Draws a texture.</summary>
    /// <param name="random">The image's stream.</param>
    /// <param name="middle">The colour it varies around.</param>
    /// <param name="amplitudeMaximum">The most that any part of the colour swings to either side, 0 to 1.</param>
    /// <param name="sizePixels">The image's side.</param>
    public Texture(RandomStream random, Colour middle, float amplitudeMaximum, int sizePixels)
    {
        _middle = middle;
        _kind = random.NextInt(Kinds);
        _swing = Colour.Draw(random, -amplitudeMaximum, amplitudeMaximum);
        var (cosine, sine) = ScenePainter.DrawDirection(random);
        _phase = random.NextSingle();
        // A gradient swings once over the image; stripes are 1/10 to 1/4 of the image wide, a light and a dark one
        // together.
        var cycles = _kind == 1 ? 0.5f : 4 + (6 * random.NextSingle());
        _alongX = cosine * cycles / sizePixels;
        _alongY = sine * cycles / sizePixels;
        _cellsPerPixel = (LatticeSide - 1f) / sizePixels;
        if (_kind == 3)
        {
            _lattice = new float[LatticeSide * LatticeSide];
            for (var node = 0; node < _lattice.Length; node++)
            {
                _lattice[node] = (2 * random.NextSingle()) - 1;
            }
        }
    }

    /// <summary>The colour at a pixel; parts may pass 0 or 1 by the amplitude.</summary>
    public Colour At(float x, float y) => _kind == 0 ? _middle : _middle.Plus(_swing, Value(x, y));

    private float Value(float x, float y) => _kind switch
    {
        1 => Wave((x * _alongX) + (y * _alongY) + _phase),
        2 => Math.Clamp(3 * Wave((x * _alongX) + (y * _alongY) + _phase), -1, 1),
        _ => Interpolate(x * _cellsPerPixel, y * _cellsPerPixel),
    };

    /// <summary>A triangle wave of period 1 between -1 and 1.</summary>
    private static float Wave(float cycles) => (4 * MathF.Abs(cycles - MathF.Floor(cycles) - 0.5f)) - 1;

    private float Interpolate(float column, float row)
    {
        var left = Math.Clamp((int)column, 0, LatticeSide - 2);
        var top = Math.Clamp((int)row, 0, LatticeSide - 2);
        var (acrossShare, downShare) = (column - left, row - top);
        var node = (top * LatticeSide) + left;
        var upper = _lattice[node] + ((_lattice[node + 1] - _lattice[node]) * acrossShare);
        var lower = _lattice[node + LatticeSide]
            + ((_lattice[node + LatticeSide + 1] - _lattice[node + LatticeSide]) * acrossShare);
        return upper + ((lower - upper) * downShare);
    }
}
