namespace ApiSurface;

/// <summary>What the tests of every binding ask of its surface: nothing public in it is missing from the list of the package whose place it takes.</summary>
/// <param name="package">The package and its version, as its list is named.</param>
/// <param name="member">A public type of the binding.</param>
public abstract class SurfaceTests(string package, Type member)
{
    private string ListName => package + ".api.txt";

    private protected string[] List { get; } = ApiLister.Read(Path.Combine(AppContext.BaseDirectory, "api", package + ".api.txt.gz"));

    [Fact]
    public void Assembly_EveryMember_StandsInThePackagesList()
    {
        var foreign = ApiLister.Foreign(member.Assembly.GetExportedTypes(), List);

        Assert.True(foreign.Length == 0, $"{foreign.Length} members are not {package}'s:\n{string.Join('\n', foreign)}");
    }

    [Fact]
    public void CommittedList_SharedFolderBeside_IsTheSharedList()
    {
        var shared = SharedList();
        Assert.SkipWhen(shared is null, $"no ../shared/api/{ListName} beside the repository");

        Assert.Equal(File.ReadLines(shared!).Where(line => line.Length > 0), List);
    }

    // The shared folder lies beside the repository or, in its CI, inside it.
    private string? SharedList()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "api", ListName);
            if (File.Exists(file)) return file;
        }

        return null;
    }
}
