using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Models;
using Ensemble.Teachers;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using TorchSharp;

namespace Ensemble.Tests.Teachers;

[Collection(TensorTests.Name)]
public sealed class SoftTargetStoreTests : IDisposable
{
    private const int Samples = 23;

    private static readonly ViewOptions s_views = new() { Seed = 7, Count = 2 };

    private readonly string _folder = Directory.CreateTempSubdirectory("soft-targets-").FullName;
    private readonly ResidentDataset _images = MarkedImages.Resident(Samples, new AugmentationOptions { ShiftPixels = 1, HorizontalFlip = true });
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _first = Create(1);
    private readonly torch.nn.Module<torch.Tensor, torch.Tensor> _second = Create(2);
    private readonly TeacherEnsemble _teachers;

    public SoftTargetStoreTests() => _teachers = new TeacherEnsemble([_first, _second], Precision.Fp32);

    public void Dispose()
    {
        _images.Dispose();
        _first.Dispose();
        _second.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Logits_OfAShuffledBatch_AreTheTeachersAnswersToHalfPrecision()
    {
        using var store = Complete(Header());

        foreach (var view in new[] { 0, 1 })
        {
            using var batch = _images.GatherViews([5, 0, 22, 5, 17], s_views.Seed, view);
            using var stored = store.Logits(batch);
            using var answered = _teachers.Logits(batch);
            Assert.Equal(answered.shape, stored.shape);
            foreach (var (expected, actual) in PyTorchFixture.Values(answered).Zip(PyTorchFixture.Values(stored)))
            {
                // Half precision has 11 bits: the rounding error is at most 2^-11 of the value.
                Assert.Equal(expected, actual, (Math.Abs(expected) / 2048) + 1e-6);
            }
        }
    }

    [Fact]
    public void Logits_OfTwoViews_Differ()
    {
        using var store = Complete(Header());
        using var first = _images.GatherViews([3, 4], s_views.Seed, 0);
        using var second = _images.GatherViews([3, 4], s_views.Seed, 1);
        using var one = store.Logits(first);
        using var other = store.Logits(second);

        Assert.NotEqual(PyTorchFixture.Values(one), PyTorchFixture.Values(other));
    }

    [Fact]
    public void Complete_OneViewThere_TellsOfTheOtherOnceItIsWritten()
    {
        SoftTargetStore.Complete(_folder, Header(), s_views with { Count = 1 }, _teachers, _images, cancellationToken: TestContext.Current.CancellationToken).Dispose();
        var written = new WrittenViews(_folder);

        SoftTargetStore.Complete(_folder, Header(), s_views, _teachers, _images, written, TestContext.Current.CancellationToken).Dispose();

        Assert.Equal([(1, true)], written.Told);
    }

    [Fact]
    public void Complete_Again_ReadsWhatIsThere()
    {
        Complete(Header()).Dispose();
        var written = Directory.GetFiles(_folder).ToDictionary(path => path, File.GetLastWriteTimeUtc);

        Complete(Header()).Dispose();

        Assert.Equal(2, written.Count);
        Assert.All(written, file => Assert.Equal(file.Value, File.GetLastWriteTimeUtc(file.Key)));
    }

    [Fact]
    public void Complete_LinkedViews_AreReadAsTheFilesTheyLeadTo()
    {
        Complete(Header()).Dispose();
        foreach (var path in Directory.GetFiles(_folder, "view-*"))
        {
            File.Move(path, $"{path}.elsewhere");
            File.CreateSymbolicLink(path, $"{path}.elsewhere");
        }

        Complete(Header()).Dispose();

        Assert.All(Directory.GetFiles(_folder, "view-*.logits"), path => Assert.NotNull(new FileInfo(path).LinkTarget));
    }

    [Theory]
    [InlineData("teachers")]
    [InlineData("data")]
    [InlineData("view recipe")]
    public void Complete_OfSomethingElse_IsRefusedByName(string difference)
    {
        Complete(Header()).Dispose();
        var other = difference switch
        {
            "teachers" => Header() with { Teachers = ["a", "c"] },
            "data" => Header() with { Data = "other" },
            _ => Header() with { ViewRecipe = "other" },
        };

        var fault = Assert.Throws<DataFaultException>(() => Complete(other).Dispose());

        Assert.EndsWith(difference, fault.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Complete_TruncatedOrChanged_IsRefused()
    {
        Complete(Header()).Dispose();
        var path = Directory.GetFiles(_folder).Order().First();
        var whole = File.ReadAllBytes(path);

        File.WriteAllBytes(path, whole[..^1]);
        Assert.Throws<DataFaultException>(() => Complete(Header()).Dispose());

        var changed = whole.ToArray();
        changed[^100] ^= 1;
        File.WriteAllBytes(path, changed);
        Assert.Contains("sha256", Assert.Throws<DataFaultException>(() => Complete(Header()).Dispose()).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Logits_FromShuffledRows_AreRefused()
    {
        // Whole and with the right checksum, but the rows are in another order than the samples.
        int[] order = [.. Enumerable.Range(0, Samples).Reverse()];
        for (var view = 0; view < s_views.Count; view++)
        {
            var rows = new SoftTargetBatch(order, new float[2 * Samples * MarkedImages.ClassCount]);
            SoftTargetFile.Write(Path.Combine(_folder, $"view-{view:D4}.logits"), Header() with { View = view }, [rows]);
        }

        using var store = Complete(Header());
        using var batch = _images.GatherViews([4], s_views.Seed, 0);

        var fault = Assert.Throws<DataFaultException>(() => store.Logits(batch));
        Assert.Equal(("sample 4 in row 4", "sample 18"), (fault.Expected, fault.Found));
    }

    [Fact]
    public void Logits_OfImagesAsTheyAre_ThrowsArgumentException()
    {
        using var store = Complete(Header());
        using var batch = _images.Gather([1]);

        Assert.Throws<ArgumentException>(() => store.Logits(batch));
    }

    [Fact]
    public void Complete_MutatedFiles_AreReadOrRefused()
    {
        Complete(Header()).Dispose();
        var path = Directory.GetFiles(_folder).Order().First();
        var whole = File.ReadAllBytes(path);
        var stream = new RandomStream(11, "tests/mutations");
        var refused = 0;
        for (var round = 0; round < 300; round++)
        {
            var mutated = whole[..(stream.NextInt(4) == 0 ? stream.NextInt(whole.Length) : whole.Length)];
            for (var change = 0; change <= stream.NextInt(3) && mutated.Length > 0; change++)
            {
                mutated[stream.NextInt(Math.Min(mutated.Length, 400))] = (byte)stream.NextInt(256);
            }

            File.WriteAllBytes(path, mutated);
            try
            {
                Complete(Header()).Dispose();
            }
            catch (DataFaultException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 200, 300);
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Create(ulong seed) =>
        ModelRegistry.CreateDefault().Create("mlp-6", MarkedImages.Create(1).Shape, MarkedImages.ClassCount, seed);

    private static SoftTargetHeader Header() => new()
    {
        Teachers = ["a", "b"],
        Data = "marked",
        ViewRecipe = "shift 1",
        View = 0,
        Samples = Samples,
        Classes = MarkedImages.ClassCount,
    };

    private SoftTargetStore Complete(SoftTargetHeader header) =>
        SoftTargetStore.Complete(_folder, header, s_views, _teachers, _images, cancellationToken: TestContext.Current.CancellationToken);

    // Each view that was told of, and whether its file was there.
    private sealed class WrittenViews(string folder) : IProgress<int>
    {
        public List<(int View, bool IsThere)> Told { get; } = [];

        public void Report(int value) => Told.Add((value, File.Exists(SoftTargetStore.PathOf(folder, value))));
    }
}
