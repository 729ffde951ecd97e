using Ensemble.Runs;

namespace Ensemble.Plots.Tests;

/// <summary>Results to draw: the committed ones of the quickstart, and made ones of a sweep.</summary>
internal static class Results
{
    /// <summary>Seeds 1 to 3, as they were measured.</summary>
    public static PlottedRun[] Quickstart() =>
        [.. Enumerable.Range(1, 3).Select(seed => new PlottedRun { Results = ResultsFile.Read(Path.Combine(AppContext.BaseDirectory, "quickstart", $"{seed}.json")) })];

    /// <summary>Seven students of three seeds each over two orders of magnitude, five teachers, their ensemble.</summary>
    public static PlottedRun[] Sweep(params string?[] variants)
    {
        var kind = Quickstart()[0].Results;
        (string Name, long Parameters, double Alone, double Distilled)[] students =
        [
            ("resnet8x0.25", 5_200, 0.61, 0.64), ("resnet8x0.5", 19_954, 0.71, 0.75), ("resnet8", 77_850, 0.80, 0.832), ("resnet14", 175_258, 0.855, 0.876),
            ("resnet20", 272_474, 0.868, 0.889), ("resnet32", 466_906, 0.883, 0.896), ("resnet8x2", 307_000, 0.845, 0.868),
        ];
        return [.. from variant in variants.DefaultIfEmpty()
                   let better = 0.008 * Math.Max(0, Array.IndexOf(variants, variant))
                   from student in students
                   from seed in Enumerable.Range(1, 3)
                   let models = Teachers(kind).Concat(Students(kind, student.Name, student.Parameters, student.Alone, student.Distilled + better, seed))
                   select new PlottedRun { Results = kind with { Seed = (ulong)seed, Dataset = "cifar10", Models = [.. models] }, Variant = variant }];
    }

    /// <summary>A record that is right about its accuracy and size.</summary>
    public static ResultRecord Model(ResultsFile kind, string name, ModelRole role, string architecture, long parameters, double accuracy) =>
        kind.Models[0] with
        {
            Name = name,
            Role = role,
            Architecture = architecture,
            Parameters = parameters,
            MultiplyAdds = parameters * 150,
            Bytes = parameters * 4,
            Accuracy = accuracy,
            AccuracyLow = accuracy - 0.008,
            AccuracyHigh = accuracy + 0.007,
            Latency = new LatencyRecord { Batch1Milliseconds = parameters / 50_000.0, Batch128Milliseconds = 1 },
        };

    private static IEnumerable<ResultRecord> Teachers(ResultsFile kind) =>
        Enumerable.Range(1, 5).Select(index => Model(kind, $"teacher {index}", ModelRole.Teacher, "resnet56", 855_770, 0.895 + (0.002 * index)))
            .Append(Model(kind, "ensemble of 5", ModelRole.Ensemble, "resnet56", 5 * 855_770, 0.927));

    private static IEnumerable<ResultRecord> Students(ResultsFile kind, string name, long parameters, double alone, double distilled, int seed) =>
    [
        Model(kind, "baseline", ModelRole.Baseline, name, parameters, alone + (0.004 * (seed - 2))),
        Model(kind, "student", ModelRole.Student, name, parameters, distilled + (0.003 * (seed - 2))),
    ];
}
