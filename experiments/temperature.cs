#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// "Preliminary experiments on MNIST" (section 3): when the distilled net has 300 or more units in each of its two hidden layers, all
// temperatures above 8 give fairly similar results; with 30 units a layer, temperatures in the range 2.5 to 4 work significantly
// better than higher or lower ones.
//
//     ./ensemble experiment temperature [--quick] [--data-dir DIR]

using Ensemble.Plots;

#if SUITE
namespace Ensemble.Experiments;
#else
using Ensemble.Experiments;

return ExperimentProgram.Run(new TemperatureSweep(), args, Console.Out, Console.Error);
#endif

internal sealed class TemperatureSweep : IExperiment
{
    private const int Epochs = 20;

    // Tukey's studentised range at 95%: of five means with 10 degrees of freedom, of eight with 16.
    private const double FiveMeans = 4.65;
    private const double EightMeans = 4.90;

    private static readonly double[] s_temperatures = [1, 2.5, 4, 8, 12, 20, 30, 50];
    private static readonly int[] s_units = [30, 300, 800];
    private static readonly ulong[] s_seeds = [1, 2, 3];

    public string Name => "temperature";

    public string Title => "The temperature against the size of the distilled net";

    public string Claim => "with 300 units a layer or more, all temperatures above 8 give fairly similar results; with 30, temperatures of 2.5 to 4 work significantly better than higher or lower ones. It prints no counts.";

    public void Run(Laboratory laboratory)
    {
        var nets = new MnistNets(laboratory);
        var temperatures = laboratory.IsQuick ? [1, 4, 20] : s_temperatures;
        var seeds = laboratory.IsQuick ? [1] : s_seeds;
        var errors = new Dictionary<(int Units, double Temperature), List<double>>();
        var baselines = s_units.ToDictionary(units => units, _ => new List<double>());
        var teacher = nets.Large();
        var rate = nets.SoftRate(teacher);

        // Seed by seed, so that whatever is there can be told.
        foreach (var seed in seeds)
        {
            foreach (var units in s_units)
            {
                baselines[units].Add(nets.TestErrors(nets.Hard($"temperature/hard/{units}/{seed}", units, nets.Data.Train, nets.Small(seed, Epochs))));
                foreach (var temperature in temperatures)
                {
                    var key = FormattableString.Invariant($"temperature/{units}/{temperature}/{seed}");
                    var student = nets.Distilled(key, units, nets.Data.Train, nets.Small(seed, Epochs, rate.Value), temperature, [teacher]);
                    (errors.TryGetValue((units, temperature), out var list) ? list : errors[(units, temperature)] = []).Add(nets.TestErrors(student));
                }

                Publish(isComplete: seed == seeds[^1] && units == s_units[^1]);
            }
        }

        void Publish(bool isComplete)
        {
            int[] measured = [.. s_units.Where(units => baselines[units].Count > 0)];
            int[] told = [.. measured.Where(units => baselines[units].Count == s_seeds.Length)];
            laboratory.Publish(new Findings
            {
                Measurements =
                [
                    .. measured.SelectMany(units => (Measurement[])
                    [
                        new() { What = $"{units} units a layer, hard labels", Unit = "errors", Values = baselines[units] },
                        .. temperatures.Select(temperature => new Measurement { What = FormattableString.Invariant($"{units} units a layer, T = {temperature}"), Unit = "errors", Values = errors[(units, temperature)] }),
                    ]),
                ],
                Verdicts =
                [
                    .. told.Where(units => units >= 300).Select(HighTemperaturesTie),
                    .. told.Where(units => units == 30).Select(ModerateWins),
                ],
                Notes =
                [
                    FormattableString.Invariant($"The teacher is the large net of mnist-table. Every student has {Epochs} epochs on soft targets alone, all 60,000 images and the same first weights and order for a seed; a learning rate of 0.05 on hard labels, and on soft targets one for all."),
                    rate.Note,
                    "Means count as alike when they lie within Tukey's range at 95%, by the spread over the seeds, pooled over the temperatures.",
                ],
                Seeds = $"students 1 to {baselines[s_units[0]].Count}, one teacher",
                Figures = [new NamedFigure("figure.svg", "test error of the distilled student against the temperature, for each size", ErrorAgainstTemperature.Draw(
                    [.. measured.Select(units => new TemperatureSeries($"{units} units a layer", [.. temperatures.Select(temperature => new TemperaturePoint(temperature, [.. errors[(units, temperature)].Select(count => count / nets.Data.Test.Count)]))]))],
                    new TemperatureOptions()))],
                IsComplete = isComplete,
            });
        }

        Verdict HighTemperaturesTie(int units)
        {
            IReadOnlyList<double>[] high = [.. temperatures.Where(temperature => temperature > 8).Select(temperature => errors[(units, temperature)])];
            double[] means = [.. high.Select(values => values.Average())];
            var (difference, noise) = (means.Max() - means.Min(), Range(high, FiveMeans));
            return new Verdict($"with {units} units a layer, all temperatures above 8 are about the same", difference <= noise, FormattableString.Invariant($"means from {means.Min():0.#} to {means.Max():0.#} errors; by chance they would lie within {noise:0.#}"));
        }

        Verdict ModerateWins(int units)
        {
            bool IsModerate(double temperature) => temperature is >= 2.5 and <= 4;
            var inside = temperatures.Where(IsModerate).Min(temperature => errors[(units, temperature)].Average());
            var outside = temperatures.Where(temperature => !IsModerate(temperature)).Min(temperature => errors[(units, temperature)].Average());
            var noise = Range([.. temperatures.Select(temperature => errors[(units, temperature)])], EightMeans);
            return new Verdict(
                $"with {units} units a layer, temperatures of 2.5 to 4 are clearly the best",
                inside + noise < outside,
                FormattableString.Invariant($"best mean within {inside:0.#} errors, best outside {outside:0.#}; by chance all would lie within {noise:0.#}"));
        }
    }

    // How far apart the means of groups of three lie by chance in 19 of 20 cases, by the spread within the groups (Tukey).
    private static double Range(IReadOnlyList<IReadOnlyList<double>> groups, double studentised)
    {
        var squares = groups.Sum(group => group.Sum(value => Math.Pow(value - group.Average(), 2)));
        return studentised * Math.Sqrt(squares / groups.Sum(group => group.Count - 1) / s_seeds.Length);
    }
}
