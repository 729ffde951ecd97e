using ApiSurface;

namespace ScottPlot.Tests;

/// <summary>The binding has ScottPlot's surface: nothing public in it is missing from the package's list.</summary>
public sealed class ApiSurfaceTests
{
    private const string ListName = "ScottPlot-5.1.59.api.txt";

    private static readonly string[] s_list =
        ApiLister.Read(Path.Combine(AppContext.BaseDirectory, "api", ListName + ".gz"));

    [Fact]
    public void Assembly_EveryMember_StandsInThePackagesList()
    {
        var foreign = ApiLister.Foreign(typeof(Plot).Assembly.GetExportedTypes(), s_list);

        Assert.True(foreign.Length == 0, $"{foreign.Length} members are not ScottPlot 5.1.59's:\n{string.Join('\n', foreign)}");
    }

    [Fact]
    public void CommittedList_SharedFolderBeside_IsTheSharedList()
    {
        var shared = SharedList();
        Assert.SkipWhen(shared is null, $"no ../shared/api/{ListName} beside the repository");

        Assert.Equal(File.ReadLines(shared!).Where(line => line.Length > 0), s_list);
    }

    // The shared folder lies beside the repository or, in its CI, inside it.
    private static string? SharedList()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "api", ListName);
            if (File.Exists(file)) return file;
        }

        return null;
    }
}
