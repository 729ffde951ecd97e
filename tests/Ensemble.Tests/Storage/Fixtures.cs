namespace Ensemble.Tests.Storage;

/// <summary>The files that fixtures/make_fixtures.py wrote.</summary>
internal static class Fixtures
{
    public static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Storage", "fixtures", name);
}
