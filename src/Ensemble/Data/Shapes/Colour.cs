namespace Ensemble.Data.Shapes;

/// <summary>Red, green and blue, each 0 to 1 as a colour, any sign as a difference of colours.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    /// <summary>This colour moved by a share of a difference.</summary>
    public Colour Plus(Colour difference, float share) =>
        new(Red + (difference.Red * share), Green + (difference.Green * share), Blue + (difference.Blue * share));

    /// <summary>Draws a colour of which each part is uniform within a range.</summary>
    public static Colour Draw(RandomStream random, float minimum, float maximum)
    {
        var range = maximum - minimum;
        var red = minimum + (range * random.NextSingle());
        var green = minimum + (range * random.NextSingle());
        return new Colour(red, green, minimum + (range * random.NextSingle()));
    }

    /// <summary>
    /// Draws a colour that differs from this one by exactly <paramref name="contrast"/> in its most different part.
    /// Each part turns back where it would leave 0 to 1, so contrasts up to 0.5 are always reached.
    /// </summary>
    public Colour DrawContrasting(RandomStream random, float contrast)
    {
        var direction = Draw(random, -1, 1);
        var largest = MathF.Max(
            MathF.Abs(direction.Red), MathF.Max(MathF.Abs(direction.Green), MathF.Abs(direction.Blue)));
        var scale = contrast / MathF.Max(largest, 1e-3f);
        return new Colour(
            Move(Red, direction.Red * scale), Move(Green, direction.Green * scale), Move(Blue, direction.Blue * scale));
    }

    private static float Move(float from, float difference)
    {
        var moved = from + difference;
        return moved is < 0 or > 1 ? Math.Clamp(from - difference, 0, 1) : moved;
    }
}
