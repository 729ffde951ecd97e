namespace Ensemble.Tests.Data;

/// <summary>Real data beside the repository, in <c>../shared/data</c>; a test that finds none is reported as
/// skipped.</summary>
internal static class SharedData
{
    public static string RequireFolder(string name)
    {
        var folder = Path.Combine(FindRepository(), "..", "shared", "data", name);
        Assert.SkipUnless(Directory.Exists(folder), $"needs the real data in {folder}");
        return folder;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ensemble.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException(
            $"no Ensemble.sln above {AppContext.BaseDirectory}");
    }
}
