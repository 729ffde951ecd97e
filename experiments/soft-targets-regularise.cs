#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// "Soft Targets as Regularizers" (section 6). With 3% of the speech data, hard labels overfit: 44.5% of the test frames right, stopped
// early; with soft targets of a model that saw all data 57.0%, without stopping; all data give 58.9%. Here on MNIST and CIFAR-10:
// the same 3% of the images, each class in proportion, once with their labels and once with a teacher's soft targets.
//
//     ./ensemble experiment soft-targets-regularise [--quick] [--data-dir DIR]

using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Pipeline;

#if SUITE
namespace Ensemble.Experiments;
#else
using Ensemble.Experiments;

return ExperimentProgram.Run(new SoftTargetsRegularise(), args, Console.Out, Console.Error);
#endif

internal sealed class SoftTargetsRegularise : IExperiment
{
    private const double Share = 0.03;

    public string Name => "soft-targets-regularise";

    public string Title => "Soft targets as a regulariser: 3% of the images";

    public string Claim => "on its speech data, hard labels of 3% give a frame accuracy of 44.5%, stopped early; soft targets of the same 3% 57.0%; hard labels of everything 58.9%.";

    public void Run(Laboratory laboratory)
    {
        var (mnist, cifar) = (new RegularisationTest("MNIST"), new RegularisationTest("CIFAR-10"));
        ulong[] seeds = laboratory.IsQuick ? [1] : [1, 2, 3];
        var rates = new List<string>();
        Digits(laboratory, mnist, seeds, rates, () => Publish(false));
        Photographs(laboratory, cifar, seeds, last => Publish(last));

        void Publish(bool isComplete) => laboratory.Publish(new Findings
        {
            Measurements = [.. mnist.Rows(withPaper: true), .. cifar.Rows(withPaper: false)],
            Verdicts = [.. mnist.Verdicts(), .. cifar.Verdicts()],
            Notes =
            [
                "The paper's column is its speech task. 10,000 training images are held out, and 3% of the others drawn, each class in proportion; the images are the same for hard labels and for soft targets. As in the paper the soft targets come from the same net, trained on the labels of all images that are not held out. The epoch to stop hard labels at is the one that is best on the images held out. Test curves are measured along the way and choose nothing.",
                "MNIST: 784-800-800-10, T = 20, 30 epochs on all images, 300 on 3% of them. CIFAR-10: resnet8, T = 4, 16 epochs on all images, 200 on 3% of them, soft targets on eight stored views.",
                .. rates,
            ],
            Seeds = $"teachers, students and shares 1 to {seeds.Length}",
            Figures = [mnist.Figure(), .. cifar.Rows(false).Count() > 1 ? [cifar.Figure()] : Array.Empty<NamedFigure>()],
            IsComplete = isComplete,
        });
    }

    private static void Digits(Laboratory laboratory, RegularisationTest test, ulong[] seeds, List<string> notes, Action publish)
    {
        const int Epochs = 300;
        var nets = new MnistNets(laboratory);
        var probes = LearningCurve.Probes(nets.Held, every: laboratory.IsQuick ? 1 : 5);
        var (teachers, one) = (seeds.Select(Teacher).ToArray(), Part(seeds[0]));
        var hardRate = nets.Rate("learning rate for hard labels of 3%", "share/choice/hard", Epochs, wereSeenByTeachers: false, (key, options) => nets.Hard(key, 800, one, options));
        var softRate = nets.Rate("learning rate for soft targets of 3%", "share/choice/soft", Epochs, wereSeenByTeachers: false, (key, options) => nets.Distilled(key, 800, one, options, 20, [teachers[0]]));
        notes.AddRange([hardRate.Note, softRate.Note]);
        foreach (var (teacher, seed) in teachers.Zip(seeds))
        {
            var part = Part(seed);
            var hard = nets.Hard($"share/hard/{seed}", 800, part, nets.Small(seed, Epochs, hardRate.Value), probes);
            var soft = nets.Distilled($"share/soft/{seed}", 800, part, nets.Small(seed, Epochs, softRate.Value), 20, [teacher], probes);
            test.Add(LearningCurve.Of(hard), LearningCurve.Of(soft));
            test.AddAll(100 - (100 * nets.TestErrors(teacher) / nets.Data.Test.Count));
            publish();
        }

        WorkbenchNetwork Teacher(ulong seed) => nets.Hard($"share/all/{seed}", 800, nets.Held.Train, nets.Small(seed, 30));
        ImageDataset Part(ulong seed) => ClassSelection.Share(nets.Held.Train, Share, seed);
    }

    private static void Photographs(Laboratory laboratory, RegularisationTest test, ulong[] seeds, Action<bool> publish)
    {
        const int Epochs = 200;
        var nets = new CifarNets(laboratory);
        var probes = LearningCurve.Probes(nets.Held, every: laboratory.IsQuick ? 1 : 10);
        var objective = new ObjectiveOptions { Temperature = 4, HardWeight = 0 };
        foreach (var seed in seeds)
        {
            var part = ClassSelection.Share(nets.Held.Train, Share, seed);
            var network = Seeds.OfStudent(seed);
            var teacher = nets.Bench.Train($"share/all/{seed}", nets.Small, nets.Held.Train, nets.Options(16, network));
            var hard = nets.Bench.Train($"share/hard/{seed}", nets.Small, part, nets.Options(Epochs, network), probes);
            var soft = nets.Distilled($"share/soft/{seed}", part, nets.Options(Epochs, network, views: 8), objective, [teacher], probes);
            test.Add(LearningCurve.Of(hard), LearningCurve.Of(soft));
            test.AddAll(nets.TestAccuracy(teacher));
            publish(seed == seeds[^1]);
        }
    }
}
