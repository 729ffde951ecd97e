namespace Ensemble.Graphs;

/// <summary>A fixed setting of a node: one integer, one number or a list of integers.</summary>
internal sealed record GraphAttribute
{
    private GraphAttribute()
    {
    }

    /// <summary>The integer, or null.</summary>
    public long? Integer { get; private init; }

    /// <summary>The number, or null.</summary>
    public float? Number { get; private init; }

    /// <summary>The integers, or null.</summary>
    public IReadOnlyList<long>? Integers { get; private init; }

    /// <summary>One integer.</summary>
    public static GraphAttribute Of(long value) => new() { Integer = value };

    /// <summary>One number.</summary>
    public static GraphAttribute Of(float value) => new() { Number = value };

    /// <summary>A list of integers.</summary>
    public static GraphAttribute Of(IEnumerable<long> values) => new() { Integers = [.. values] };
}
