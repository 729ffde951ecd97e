using ApiSurface;

namespace TorchSharp.Tests;

/// <summary>The binding has TorchSharp's surface: nothing public in it is missing from the package's list.</summary>
public sealed class ApiSurfaceTests
{
    private const string ListName = "TorchSharp-0.107.0.api.txt";

    private static readonly string[] s_list = ApiLister.Read(Path.Combine(AppContext.BaseDirectory, "api", ListName + ".gz"));

    [Fact]
    public void Assembly_EveryMember_StandsInThePackagesList()
    {
        var foreign = ApiLister.Foreign(typeof(torch).Assembly.GetExportedTypes(), s_list);

        Assert.True(foreign.Length == 0, $"{foreign.Length} members are not TorchSharp 0.107.0's:\n{string.Join('\n', foreign)}");
    }

    [Fact]
    public void Foreign_TypeOfTheTests_IsNamedWithEveryMember()
    {
        var foreign = ApiLister.Foreign([typeof(torch.RoundingMode), typeof(Stranger)], s_list);

        Assert.Equal(
            [
                "TorchSharp.Tests.ApiSurfaceTests.Stranger : class",
                "TorchSharp.Tests.ApiSurfaceTests.Stranger.Greet(Int32? count = null, params String[] names) : static Void",
                "TorchSharp.Tests.ApiSurfaceTests.Stranger.Name { get; } : String",
                "TorchSharp.Tests.ApiSurfaceTests.Stranger.ctor()",
            ],
            foreign);
    }

    [Theory]
    [InlineData("TorchSharp.torch.Tensor.add(TorchSharp.torch.Tensor target) : TorchSharp.torch.Tensor", "(TorchSharp.torch.Tensor other)")]
    [InlineData("TorchSharp.torch.Tensor.add(TorchSharp.torch.Tensor target) : TorchSharp.torch.Tensor", "(TorchSharp.torch.Tensor target = null)")]
    public void Foreign_ListWithAnotherSignature_NamesTheMember(string line, string otherParameters)
    {
        var changed = s_list.Select(known => known == line ? line.Replace("(TorchSharp.torch.Tensor target)", otherParameters, StringComparison.Ordinal) : known);

        Assert.Contains(line, s_list);
        Assert.Equal([line], ApiLister.Foreign([typeof(torch.Tensor)], changed));
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

    public sealed class Stranger
    {
        public string Name { get; } = "nobody";

        public static void Greet(int? count = null, params string[] names) => _ = (count, names);
    }
}
