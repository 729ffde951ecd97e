namespace Ensemble.Tests.Data.Formats;

/// <summary>Files that NumPy wrote: see fixtures/make_fixtures.py.</summary>
internal static class FormatFixtures
{
    public static string Find(string name)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Data", "Formats", "fixtures", name);
        Assert.True(File.Exists(path), $"{path} is missing: run make_fixtures.py beside it");
        return path;
    }

    /// <summary>The 24 values of every array, in row-major order.</summary>
    public static long[] Values(string dtype) => [.. Enumerable.Range(0, 24).Select(index => Value(dtype[0], index))];

    private static long Value(char kind, int index)
    {
        var number = ((7 * index) + 3) % 100;
        return kind switch
        {
            'b' => number % 2,
            'u' => number,
            _ => number - 50,
        };
    }
}
