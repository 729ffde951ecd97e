using System.IO.Compression;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Models;

/// <summary>Names, order and shapes of the weights, against the lists of the CIFAR benchmark's own networks.</summary>
[Collection(TensorTests.Name)]
public sealed class StateDictTests
{
    private const string ListName = "cifar-state-dicts.txt";

    // Lines of: network, weight, shape.
    private static readonly Lazy<ILookup<string, string>> s_lists = new(() => ReadLines()
        .Select(line => line.Split(' ', 2))
        .ToLookup(parts => parts[0], parts => parts[1]));

    public static TheoryData<string> Networks => [.. s_lists.Value.Select(list => list.Key)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void StateDict_NetworkOfTheCifarBenchmark_HasItsNamesAndShapesInItsOrder(string published)
    {
        using var scope = torch.NewDisposeScope();
        var architecture = published == "ResNet50" ? "cifar-resnet50" : published;
        using var network = ModelRegistry.CreateDefault().Create(architecture, new ImageShape(3, 32, 32), 100, seed: 1);

        var weights = network.state_dict().Select(entry => $"{entry.Key} {Describe(entry.Value.shape)}");

        Assert.Equal(s_lists.Value[published], weights);
    }

    [Fact]
    public void CommittedList_SharedFolderBeside_IsTheSharedList()
    {
        var shared = SharedList();
        Assert.SkipWhen(shared is null, $"no shared/api/{ListName} beside the repository");

        Assert.Equal(File.ReadAllLines(shared!), ReadLines());
    }

    private static string Describe(long[] shape) => shape.Length == 0 ? "scalar" : string.Join('x', shape);

    private static string[] ReadLines()
    {
        using var packed = File.OpenRead(NetworkFixture.PathOf(ListName + ".gz"));
        using var reader = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    // The shared folder lies beside the repository or, in its CI, inside it.
    private static string? SharedList()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "api", ListName);
            if (File.Exists(file))
            {
                return file;
            }
        }

        return null;
    }
}
