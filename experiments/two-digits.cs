#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// "Preliminary experiments on MNIST" (section 3): a transfer set of nothing but sevens and eights. The distilled net makes 47.3% test
// errors; with the biases of 7 and 8 lowered by 7.6, the constant that is best on the test set, 13.2%.
//
//     ./ensemble experiment two-digits [--quick] [--data-dir DIR]

using Ensemble.Data;
using Ensemble.Plots;

#if SUITE
namespace Ensemble.Experiments;
#else
using Ensemble.Experiments;

return ExperimentProgram.Run(new TwoDigits(), args, Console.Out, Console.Error);
#endif

internal sealed class TwoDigits : IExperiment
{
    private static readonly int[] s_digits = [7, 8];

    public string Name => "two-digits";

    public string Title => "A transfer set of two digits";

    public string Claim => "distilled on sevens and eights alone, the small net makes 47.3% test errors; with the biases of both lowered by 7.6, picked on the test set, 13.2%.";

    public void Run(Laboratory laboratory)
    {
        var nets = new MnistNets(laboratory);
        var teacher = nets.Large();
        var rate = nets.SoftRate(teacher);
        var transfer = ClassSelection.Only(nets.Held.Train, s_digits);
        var shifts = new List<BiasShift>();
        foreach (var seed in laboratory.IsQuick ? new ulong[] { 1 } : [1, 2, 3])
        {
            var student = nets.Distilled($"sevens-and-eights/{seed}", 800, transfer, nets.Small(seed, 120, rate.Value), 20, [teacher]);
            shifts.Add(BiasShift.Measure(
                nets.Bench.Ask(student, nets.Held.Validation!), nets.Held.Validation!.Labels, nets.Bench.Ask(student, nets.Data.Test), nets.Data.Test.Labels, s_digits));
            Publish(isComplete: laboratory.IsQuick || seed == 3);
        }

        void Publish(bool isComplete)
        {
            Measurement Row(string what, string? paper, Func<BiasShift, double> value, string unit = "%") => new() { What = what, Paper = paper, Unit = unit, Values = [.. shifts.Select(value)] };
            var counts = nets.Data.Test.CountPerClass();
            var worst = Enumerable.Range(0, counts.Length).Except(s_digits)
                .Select(digit => (Digit: digit, Right: 1 - (shifts.Average(shift => shift.HonestErrorsByClass[digit]) / counts[digit])))
                .MinBy(entry => entry.Right);
            double Percent(ErrorCount errors) => Math.Round(100.0 * errors.All / nets.Data.Test.Count, 2);
            Measurement[] rows =
            [
                Row("errors", "47.3", shift => Percent(shift.Before)),
                Row("biases picked on the test images, as in the paper: errors", "13.2", shift => Percent(shift.AfterTestPick)),
                Row("the constant", "-7.6", shift => shift.TestPick, ""),
                Row("biases picked on images held out: errors", null, shift => Percent(shift.AfterHonestPick)),
                Row("the constant", null, shift => shift.HonestPick, ""),
            ];
            laboratory.Publish(new Findings
            {
                Measurements = rows,
                Verdicts =
                [
                    new Verdict("a net that saw two digits alone knows something of all ten", worst.Right > 0.5, FormattableString.Invariant($"with the honest constant it is right about {100 * worst.Right:0}% of the {worst.Digit}s, the least of those that it never saw")),
                    Verdicts.Less("most of the rest is a matter of two biases, picked honestly", rows[3].Values, [.. rows[0].Values.Select(errors => errors / 2)], "half of the errors before"),
                ],
                Notes = [$"The teacher is the large net of mnist-table; the transfer set has {transfer.Count:N0} images, the sevens and eights of those that are not held out (of these students' training, not of their teacher's) for the honest constant. Constants from -20 to 20 in steps of 0.1.", rate.Note],
                Seeds = shifts.Count == 1 ? "one" : $"students 1 to {shifts.Count}, one teacher",
                Figures = [new NamedFigure("figure.svg", "test errors before and after the biases of 7 and 8 are moved", PublishedBesideOurs.Draw(
                    [new("before", 47.3, rows[0].Values), new("biases picked\non the test set", 13.2, rows[1].Values), new("biases picked\nhonestly", null, rows[3].Values)],
                    new ComparisonOptions { Quantity = "test errors, %", Title = "only 7s and 8s in the transfer set" }))],
                IsComplete = isComplete,
            });
        }
    }
}
