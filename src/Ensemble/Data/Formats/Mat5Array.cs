namespace Ensemble.Data.Formats;

/// <summary>A numeric array of a MATLAB file, every value a whole number from 0 to 255.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Sizes">The dimensions, at least two, each at least 1.</param>
/// <param name="Values">The values; the first dimension runs fastest.</param>
internal sealed record Mat5Array(string Name, IReadOnlyList<int> Sizes, byte[] Values)
{
    /// <summary>For a person: <c>X [32, 32, 3, 100]</c>.</summary>
    public override string ToString() => $"{Name} [{string.Join(", ", Sizes)}]";
}
