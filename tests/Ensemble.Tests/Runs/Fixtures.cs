namespace Ensemble.Tests.Runs;

/// <summary>The files that fixtures/make_fixtures.py wrote.</summary>
internal static class Fixtures
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Runs", "fixtures", name);
}
