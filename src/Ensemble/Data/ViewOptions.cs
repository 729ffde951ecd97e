namespace Ensemble.Data;

/// <summary>Which augmented views of the images a run sees. A view is a pure function of (seed, number of the view, sample).</summary>
public sealed record ViewOptions
{
    /// <summary>The seed of the views. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// How many views of each image there are; epoch e shows view e modulo this. Default 0: a new view each epoch. With a
    /// number, a teacher's answers can be kept: one pass of the teachers for each view serves every epoch and every student.
    /// </summary>
    public int Count { get; init; }

    /// <summary>The number of the view that an epoch shows.</summary>
    /// <param name="epoch">The epoch, from 0.</param>
    public int ViewOf(int epoch) => Count == 0 ? epoch : epoch % Count;

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One is out of range.</exception>
    public void Validate()
    {
        if (Count is < 0 or > 100_000)
        {
            throw new ArgumentException($"{nameof(ViewOptions)}: {nameof(Count)} must be 0 to 100000, is {Count}");
        }
    }
}
