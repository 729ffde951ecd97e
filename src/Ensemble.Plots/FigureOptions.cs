namespace Ensemble.Plots;

/// <summary>What every figure can be told.</summary>
public abstract record FigureOptions
{
    /// <summary>The first line above the figure; null for the figure's own words.</summary>
    public string? Title { get; init; }

    /// <summary>Pixels, 320 to 8000; 960 as a rule. Texts keep their size, so that half of 960 can still be read.</summary>
    public int Width { get; init; } = 960;

    /// <summary>Pixels, 240 to 8000; 640 as a rule.</summary>
    public int Height { get; init; } = 640;

    /// <summary>Checks every value.</summary>
    /// <exception cref="ArgumentException">Names every value that is out of range.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        if (Width is < 320 or > 8000) faults.Add($"{nameof(Width)} must be 320 to 8000, is {Width}");
        if (Height is < 240 or > 8000) faults.Add($"{nameof(Height)} must be 240 to 8000, is {Height}");
        if (faults.Count > 0) throw new ArgumentException($"{GetType().Name}: {string.Join("; ", faults)}");
    }
}
