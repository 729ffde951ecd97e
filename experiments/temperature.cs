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
                    .. measured.Where(units => units >= 300 && !laboratory.IsQuick).Select(HighTemperaturesTie),
                    .. measured.Where(units => units == 30 && !laboratory.IsQuick).Select(ModerateWins),
                ],
                Notes =
                [
                    FormattableString.Invariant($"The teacher is the large net of mnist-table. Every student has {Epochs} epochs on soft targets alone, all 60,000 images and the same first weights and order for a seed; a learning rate of 0.05 on hard labels, and on soft targets one for all."),
                    rate.Note,
                    "Two means count as alike when they differ by no more than twice the square root of their errors, what the draw of 10,000 test images alone would do.",
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
            double[] means = [.. temperatures.Where(temperature => temperature > 8).Select(temperature => errors[(units, temperature)].Average())];
            var (difference, noise) = (means.Max() - means.Min(), 2 * Math.Sqrt(means.Average()));
            return new Verdict($"with {units} units a layer, all temperatures above 8 are about the same", difference <= noise, FormattableString.Invariant($"means from {means.Min():0.#} to {means.Max():0.#} errors; {noise:0.#} apart would be alike"));
        }

        Verdict ModerateWins(int units)
        {
            bool IsModerate(double temperature) => temperature is >= 2.5 and <= 4;
            var inside = temperatures.Where(IsModerate).Min(temperature => errors[(units, temperature)].Average());
            var outside = temperatures.Where(temperature => !IsModerate(temperature)).Min(temperature => errors[(units, temperature)].Average());
            return new Verdict(
                $"with {units} units a layer, temperatures of 2.5 to 4 are clearly the best",
                inside + (2 * Math.Sqrt(inside)) < outside,
                FormattableString.Invariant($"best mean within {inside:0.#} errors, best outside {outside:0.#}; {2 * Math.Sqrt(inside):0.#} apart would be alike"));
        }
    }
}
