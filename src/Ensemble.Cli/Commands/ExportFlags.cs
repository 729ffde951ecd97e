using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Export;

namespace Ensemble.Cli.Commands;

/// <summary>The flags of <c>export</c>.</summary>
internal sealed class ExportFlags
{
    private static readonly ExportOptions s_defaults = new();

    /// <summary>The run.</summary>
    public Argument<string> Run { get; } = new("RUN") { Description = "The run's folder" };

    /// <summary>Which of its models.</summary>
    public Option<string?> Model { get; } = Flag.Text("--model", "student|baseline|teacher-N", "Which of the run's models; teachers count from 1, as in its table [default: the student; of a run without teachers its baseline]");

    /// <summary>What it leaves as.</summary>
    public Option<string> To { get; } = Flag.Choice("--to", "What it leaves as; a bundle is both", s_defaults.Format);

    /// <summary>What the ONNX file computes in.</summary>
    public Option<string> Precision { get; } = Flag.Choice("--precision", "What the ONNX file computes in", s_defaults.Precision);

    /// <summary>What the ONNX file is given.</summary>
    public Option<string> Input { get; } = Flag.Choice("--input", "The pixels that the ONNX file takes: bytes, or float32 in 0 to 1; it normalises them itself", s_defaults.Input);

    /// <summary>What the ONNX file answers with.</summary>
    public Option<bool> Softmax { get; } = new("--softmax") { Description = "The ONNX file answers with probabilities, not logits" };

    /// <summary>How ranges are chosen for int8.</summary>
    public Option<string> Calibration { get; } = Flag.Choice("--calibration", "How int8's ranges are chosen, on training images", s_defaults.Calibration);

    /// <summary>Images for ranges.</summary>
    public Option<int> CalibrationImages { get; } = Flag.Number(
        "--calibration-images", "N", "Training images that int8's ranges are measured on", new NumberRule<int>(count => (s_defaults with { CalibrationImages = count }).Validate()), s_defaults.CalibrationImages);

    /// <summary>Training for int8.</summary>
    public Option<int> Tune { get; } = Flag.Number(
        "--tune", "STEPS", "Steps in which int8's weights learn to answer as the original in spite of rounding; where more than 0.3 points are lost", new NumberRule<int>(steps => (s_defaults with { TuningSteps = steps }).Validate()), s_defaults.TuningSteps);

    /// <summary>What int8 may lose.</summary>
    public Option<double> MaximumLoss { get; } = Flag.Number(
        "--max-loss", "POINTS", "Points of accuracy that int8 may lose before the export fails", new NumberRule<double>(loss => (s_defaults with { MaximumAccuracyLoss = loss }).Validate()), s_defaults.MaximumAccuracyLoss);

    /// <summary>Images for parity.</summary>
    public Option<int?> ParityImages { get; } = Flag.OptionalNumber(
        "--parity-images", "N", "Test images that the ONNX file is compared on [default: 1000, and 10000 for int8]", new NumberRule<int>(count => (s_defaults with { ParityImages = count }).Validate()));

    /// <summary>Whether nothing is fetched.</summary>
    public Option<bool> Offline { get; } = new("--offline") { Description = "Fetch no ONNX Runtime where this machine has none: the ONNX file is then not checked" };

    /// <summary>Where the data are, where they moved since the run.</summary>
    public Option<string?> DataDirectory { get; } = Flag.Text("--data-dir", "DIR", "Where the run's data are now [default: where they were]");

    /// <summary>Where to.</summary>
    public Option<string?> Out { get; } = Flag.Text("--out", "DIR", "The folder that is written [default: RUN/export/MODEL-FORMAT]");

    /// <summary>Every flag, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Model, To, Precision, Input, Softmax, Calibration, CalibrationImages, Tune, MaximumLoss, ParityImages, Offline, DataDirectory, Out];

    /// <summary>What was typed.</summary>
    /// <exception cref="UsageException">A flag was typed that would do nothing.</exception>
    public ExportOptions ToOptions(ParseResult parsed)
    {
        var options = Read(parsed);
        if (!options.HasOnnx)
        {
            RefuseTyped(parsed, "is of the ONNX file, which --to safetensors does not write", Precision, Input, Softmax, Calibration, CalibrationImages, Tune, MaximumLoss, ParityImages, Offline);
        }

        if (options.Precision != ExportPrecision.Int8)
        {
            RefuseTyped(parsed, "is of --precision int8", Calibration, CalibrationImages, Tune, MaximumLoss);
        }

        return options;
    }

    private static void RefuseTyped(ParseResult parsed, string why, params Option[] flags)
    {
        if (flags.FirstOrDefault(flag => parsed.GetResult(flag) is { Implicit: false }) is { } typed)
        {
            throw new UsageException($"{typed.Name}: {why}; leave it out");
        }
    }

    private ExportOptions Read(ParseResult parsed) => new()
    {
        Format = Flag.Read<ExportFormat>(parsed, To),
        Precision = Flag.Read<ExportPrecision>(parsed, Precision),
        Input = Flag.Read<InputPixels>(parsed, Input),
        HasSoftmax = parsed.GetValue(Softmax),
        Calibration = Flag.Read<CalibrationMethod>(parsed, Calibration),
        CalibrationImages = parsed.GetRequiredValue(CalibrationImages),
        TuningSteps = parsed.GetRequiredValue(Tune),
        MaximumAccuracyLoss = parsed.GetRequiredValue(MaximumLoss),
        ParityImages = parsed.GetValue(ParityImages),
    };
}
