namespace Ensemble.Export;

/// <summary>How a classifier is exported.</summary>
public sealed record ExportOptions
{
    /// <summary>What it leaves as. Default ONNX.</summary>
    public ExportFormat Format { get; init; } = ExportFormat.Onnx;

    /// <summary>What the ONNX graph computes in. Default float32.</summary>
    public ExportPrecision Precision { get; init; } = ExportPrecision.Fp32;

    /// <summary>What the ONNX graph is given. Default bytes.</summary>
    public InputPixels Input { get; init; } = InputPixels.UInt8;

    /// <summary>Whether the ONNX graph answers with probabilities instead of logits. Default false.</summary>
    public bool HasSoftmax { get; init; }

    /// <summary>For int8: how ranges are chosen. Default <see cref="CalibrationMethod.Mse"/>.</summary>
    public CalibrationMethod Calibration { get; init; } = CalibrationMethod.Mse;

    /// <summary>For int8: training images that ranges are measured on, at least 1. Default 1,024; all where there are fewer.</summary>
    public int CalibrationImages { get; init; } = 1024;

    /// <summary>
    /// For int8: steps of quantisation-aware distillation before the weights are rounded, 0 to 100,000. Default 0; worth its
    /// time where rounding alone loses more than some tenths of a point.
    /// </summary>
    public int TuningSteps { get; init; }

    /// <summary>For int8: how much accuracy may be lost, in points of 100, 0 to 100. Default 0.5.</summary>
    public double MaximumAccuracyLoss { get; init; } = 0.5;

    /// <summary>
    /// Test images that the file is held against the original on, at least 1, all where there are fewer; null for 1,000, and
    /// for 10,000 with int8, whose loss is a count of rare errors.
    /// </summary>
    public int? ParityImages { get; init; }

    /// <summary>Whether a file is written, and not only weights.</summary>
    public bool HasOnnx => Format is ExportFormat.Onnx or ExportFormat.Bundle;

    /// <summary><see cref="ParityImages"/>, or its default.</summary>
    public int ParityImagesOrDefault => ParityImages ?? (Precision == ExportPrecision.Int8 ? 10_000 : 1000);

    /// <summary>Checks every property.</summary>
    /// <exception cref="ArgumentException">One or more are out of range; the message names all that are.</exception>
    public void Validate()
    {
        var faults = new List<string>();
        Require(Enum.IsDefined(Format) && Enum.IsDefined(Precision) && Enum.IsDefined(Input) && Enum.IsDefined(Calibration), "format, precision, input or calibration is unknown");
        Require(CalibrationImages >= 1, $"{nameof(CalibrationImages)} must be at least 1, is {CalibrationImages}");
        Require(TuningSteps is >= 0 and <= 100_000, $"{nameof(TuningSteps)} must be 0 to 100000, is {TuningSteps}");
        Require(MaximumAccuracyLoss is >= 0 and <= 100, $"{nameof(MaximumAccuracyLoss)} must be 0 to 100, is {MaximumAccuracyLoss}");
        Require(ParityImages is null or >= 1, $"{nameof(ParityImages)} must be at least 1, is {ParityImages}");
        if (faults.Count > 0)
        {
            throw new ArgumentException($"{nameof(ExportOptions)}: {string.Join("; ", faults)}");
        }

        void Require(bool isMet, string fault)
        {
            if (!isMet)
            {
                faults.Add(fault);
            }
        }
    }
}
