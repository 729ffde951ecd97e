using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Models;
using Ensemble.Pipeline;
using Ensemble.Tests.Oracle;
using TorchSharp;
using TorchSharp.Modules;

namespace Ensemble.Tests.Pipeline;

[Collection(TensorTests.Name)]
public sealed class DataInitialisationTests
{
    [Fact]
    public void Run_NetworkThatAsksForImages_GetsNormalisedOnesOnceBeforeItIsTrained()
    {
        var folder = Directory.CreateTempSubdirectory("initialised-").FullName;
        var family = new ProbeFamily();
        var recipe = TinyRun.Recipe with { Student = "probe", TeacherTraining = TinyRun.Recipe.TeacherTraining! with { Epochs = 1 }, StudentTraining = TinyRun.Recipe.StudentTraining with { Epochs = 1 } };
        var pipeline = new DistillationPipeline(
            new DatasetRegistry().Add(new QuadrantsProvider()), ModelRegistry.CreateDefault().Add(family), ObjectiveRegistry.CreateDefault(), TimeProvider.System);

        pipeline.Run(recipe, folder, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);
        // Baseline and student; the second call reads both from their files.
        pipeline.Run(recipe, folder, TinyRun.Settings, new RecordingObserver(), TestContext.Current.CancellationToken);

        Assert.Equal(2, family.Seen.Count);
        Assert.All(family.Seen, seen => Assert.Equal([200L, 1, 8, 8], seen.Shape));
        Assert.All(family.Seen, seen => Assert.Equal(0, seen.Mean, 1e-4));
        Directory.Delete(folder, recursive: true);
    }

    private sealed class ProbeFamily : IModelFamily
    {
        public List<(long[] Shape, float Mean)> Seen { get; } = [];

        public string Pattern => "probe";

        public string Description => "tells which images it is given";

        public IReadOnlyList<string> Examples => ["probe"];

        public torch.nn.Module<torch.Tensor, torch.Tensor>? TryCreate(string name, ImageShape input, int classCount) =>
            name == "probe" ? new Probe(input.ValueCount, classCount, Seen) : null;
    }

    private sealed class Probe : torch.nn.Module<torch.Tensor, torch.Tensor>, IDataInitialised
    {
        private readonly Linear layer;
        private readonly List<(long[] Shape, float Mean)> _seen;

        public Probe(int inputs, int classes, List<(long[] Shape, float Mean)> seen)
            : base(nameof(Probe))
        {
            layer = torch.nn.Linear(inputs, classes);
            _seen = seen;
            RegisterComponents();
        }

        public void InitialiseFrom(torch.Tensor images)
        {
            using var mean = images.mean();
            _seen.Add((images.shape, mean.item<float>()));
        }

        public override torch.Tensor forward(torch.Tensor input)
        {
            using var flat = input.flatten(1);
            return layer.call(flat);
        }
    }
}
