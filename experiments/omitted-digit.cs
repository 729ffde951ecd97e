#:project Support/Ensemble.Experiments.csproj
#:property PublishAot=false
#:property UsesConsole=true
#:property UsesTorch=true

// "Preliminary experiments on MNIST" (section 3): a digit that the distilled net has never seen. All threes are left out of the transfer
// set. The net makes 206 test errors, 133 of them on the 1010 threes; most because the bias of class 3 is much too low. Raised by 3.5
// (the constant that is best on the test set) it makes 109 errors, 14 of them on threes.
//
//     ./ensemble experiment omitted-digit [--quick] [--data-dir DIR]

using Ensemble.Data;
using Ensemble.Plots;

#if SUITE
namespace Ensemble.Experiments;
#else
using Ensemble.Experiments;

return ExperimentProgram.Run(new OmittedDigit(), args, Console.Out, Console.Error);
#endif

internal sealed class OmittedDigit : IExperiment
{
    private const int Digit = 3;

    public string Name => "omitted-digit";

    public string Title => "A digit that the distilled net has never seen";

    public string Claim => "distilled without any 3 in the transfer set, the small net makes 206 test errors, 133 of them on the 1010 threes; with the bias of class 3 raised by 3.5, picked on the test set, 109, 14 of them on threes.";

    public void Run(Laboratory laboratory)
    {
        var nets = new MnistNets(laboratory);
        var teacher = nets.Large();
        var rate = nets.SoftRate(teacher);

        // The images that the honest constant is picked on are no part of the transfer set.
        var transfer = ClassSelection.Without(nets.Held.Train, Digit);
        var shifts = new List<BiasShift>();
        foreach (var seed in laboratory.IsQuick ? new ulong[] { 1 } : [1, 2, 3])
        {
            var student = nets.Distilled($"without-{Digit}/{seed}", 800, transfer, nets.Small(seed, MnistNets.StudentEpochs, rate.Value), 20, [teacher]);
            shifts.Add(BiasShift.Measure(
                nets.Bench.Ask(student, nets.Held.Validation!), nets.Held.Validation!.Labels, nets.Bench.Ask(student, nets.Data.Test), nets.Data.Test.Labels, [Digit]));
            Publish(isComplete: laboratory.IsQuick || seed == 3);
        }

        void Publish(bool isComplete)
        {
            Measurement Row(string what, string? paper, Func<BiasShift, double> value, string unit = "errors") => new() { What = what, Paper = paper, Unit = unit, Values = [.. shifts.Select(value)] };
            Measurement[] rows =
            [
                Row("errors", "206", shift => shift.Before.All),
                Row("of them on threes", "133", shift => shift.Before.OnClasses),
                Row("bias picked on the test images, as in the paper: errors", "109", shift => shift.AfterTestPick.All),
                Row("of them on threes", "14", shift => shift.AfterTestPick.OnClasses),
                Row("the constant", "3.5", shift => shift.TestPick, ""),
                Row("bias picked on images held out: errors", null, shift => shift.AfterHonestPick.All),
                Row("of them on threes", null, shift => shift.AfterHonestPick.OnClasses),
                Row("the constant", null, shift => shift.HonestPick, ""),
            ];
            var threes = nets.Data.Test.CountPerClass()[Digit];
            laboratory.Publish(new Findings
            {
                Measurements = rows,
                Verdicts =
                [
                    new Verdict("most threes are recognised by a net that never saw one, once the bias is moved", rows[6].Mean < 0.1 * threes, FormattableString.Invariant($"{rows[6].Mean:0.#} of {threes} threes wrong with the constant that was picked on images held out")),
                    Verdicts.Less("moving one bias by an honest constant about halves the errors", rows[5].Values, [.. shifts.Select(shift => 0.6 * shift.Before.All)], "0.6 of those before"),
                ],
                Notes = [$"The teacher is the large net of mnist-table; the transfer set has {transfer.Count:N0} images: 10,000 training images are held out (of these students' training, not of their teacher's), on which the honest constant is picked, and all threes of the rest are left out. Constants from -20 to 20 in steps of 0.1; the paper's is the best on the test set, which is why there are two rows.", rate.Note],
                Seeds = shifts.Count == 1 ? "one" : $"students 1 to {shifts.Count}, one teacher",
                Figures = [new NamedFigure("figure.svg", "test errors in all and on threes, before and after the bias is moved", PublishedBesideOurs.Draw(
                    [
                        new("before:\nall", 206, rows[0].Values), new("before:\nthrees", 133, rows[1].Values), new("test pick:\nall", 109, rows[2].Values),
                        new("test pick:\nthrees", 14, rows[3].Values), new("honest pick:\nall", null, rows[5].Values), new("honest pick:\nthrees", null, rows[6].Values),
                    ],
                    new ComparisonOptions { Quantity = "test errors of 10,000", Title = "no 3 in the transfer set" }))],
                IsComplete = isComplete,
            });
        }
    }
}
