using System.Runtime.InteropServices;
using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Export.Runtime;
using Ensemble.Measurement;
using Ensemble.Runs;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Export;

/// <summary>Holds an exported file against the network that it was made from.</summary>
internal static class ParityCheck
{
    /// <summary>Runs both and compares.</summary>
    /// <param name="original">The network, on the CPU.</param>
    /// <param name="record">What belongs to the network.</param>
    /// <param name="path">The exported file.</param>
    /// <param name="images">Test images.</param>
    /// <param name="options">How the file was made.</param>
    /// <param name="originalBytes">The size of the original's weights.</param>
    /// <param name="runtime">What runs the file; null for nothing.</param>
    /// <param name="absence">Why there is no runtime.</param>
    public static ParityRecord Run(
        torch.nn.Module<torch.Tensor, torch.Tensor> original,
        ModelRecord record,
        string path,
        ImageDataset images,
        ExportOptions options,
        long originalBytes,
        IOnnxRuntime? runtime,
        string? absence)
    {
        var expected = Answers(original, record, images, options.HasSoftmax);
        var limits = ParityLimits.Of(options);
        var unverified = new ParityRecord
        {
            Outcome = ParityOutcome.Unchecked,
            Reason = absence ?? "no ONNX Runtime",
            File = Path.GetFileName(path),
            Precision = options.Precision,
            Calibration = options.Precision == ExportPrecision.Int8 ? options.Calibration : null,
            TuningSteps = options.Precision == ExportPrecision.Int8 ? options.TuningSteps : null,
            Runtime = null,
            Machine = MachineInfo.Read(torch.__version__, "cpu"),
            Threads = torch.get_num_threads(),
            Images = images.Count,
            Compared = options.HasSoftmax ? "probabilities" : "logits",
            AllowedDifference = limits.Difference * Math.Max(1, Largest(expected)),
            AllowedAgreement = limits.Agreement,
            AllowedLoss = limits.AccuracyLoss,
            OriginalAccuracy = Accuracy(expected, images),
            OriginalBytes = originalBytes,
            ExportedBytes = new FileInfo(path).Length,
            OriginalLatency = new LatencyRecord
            {
                Batch1Milliseconds = LatencyMeter.MedianMilliseconds(original, images.Shape, 1, torch.CPU),
                Batch128Milliseconds = LatencyMeter.MedianMilliseconds(original, images.Shape, 128, torch.CPU),
            },
        };
        return runtime is null ? unverified : Compare(unverified, runtime, expected, path, images, options);
    }

    private static ParityRecord Compare(
        ParityRecord known, IOnnxRuntime runtime, SplitLogits expected, string path, ImageDataset images, ExportOptions options)
    {
        var answer = runtime.Run(new RuntimeRequest
        {
            Model = path,
            Dtype = options.Input == InputPixels.UInt8 ? SafetensorsDtype.U8 : SafetensorsDtype.F32,
            Shape = [images.Count, images.Shape.Channels, images.Shape.Height, images.Shape.Width],
            Pixels = Pixels(images, options.Input),
            Threads = known.Threads,
        });
        if (answer.Values.Length != expected.Values.Length || !answer.Values.All(float.IsFinite))
        {
            throw new RuntimeFaultException(runtime.Name, $"{answer.Values.Length} values for {expected.Values.Length}, or some that are not finite");
        }

        var exported = new SplitLogits(answer.Values, expected.ClassCount);
        var accuracy = Accuracy(exported, images);
        var measured = known with
        {
            Runtime = runtime.Name,
            LargestDifference = expected.Values.ToArray().Zip(answer.Values, (left, right) => Math.Abs((double)left - right)).Max(),
            Agreement = Agreement(expected, exported),
            ExportedAccuracy = accuracy,
            AccuracyLost = 100 * (known.OriginalAccuracy - accuracy),
            ExportedLatency = new LatencyRecord { Batch1Milliseconds = answer.Milliseconds[1], Batch128Milliseconds = answer.Milliseconds[128] },
        };
        var fault = FindFault(measured);
        return measured with { Outcome = fault is null ? ParityOutcome.Passed : ParityOutcome.Failed, Reason = fault };
    }

    /// <summary>What is past its limit, for a person; null where nothing is.</summary>
    internal static string? FindFault(ParityRecord parity)
    {
        var faults = new List<string>();
        if (parity.LargestDifference > parity.AllowedDifference)
        {
            faults.Add($"{parity.Compared} that differ by {parity.LargestDifference:g3}, {parity.AllowedDifference:g3} being allowed");
        }

        if (parity.Agreement < parity.AllowedAgreement)
        {
            faults.Add($"the same class for {100 * parity.Agreement:0.0#}% of {parity.Images} images, {100 * parity.AllowedAgreement:0.#}% being asked for");
        }

        // Counted in images: 0.5 points are not to be missed by the rounding of a subtraction.
        if (parity.AccuracyLost - parity.AllowedLoss > 1e-9)
        {
            faults.Add($"{parity.AccuracyLost:0.00} points of accuracy lost on {parity.Images} images, {parity.AllowedLoss:0.##} being allowed");
        }

        return faults.Count == 0 ? null : string.Join(" and ", faults);
    }

    private static SplitLogits Answers(torch.nn.Module<torch.Tensor, torch.Tensor> original, ModelRecord record, ImageDataset images, bool isSoftmax)
    {
        using var resident = new ResidentDataset(images, new ChannelStatistics { Mean = record.Mean, StandardDeviation = record.Std }, AugmentationOptions.None, torch.CPU);
        var logits = Evaluator.Run(original, resident);
        if (!isSoftmax)
        {
            return logits;
        }

        using var scope = torch.NewDisposeScope();
        return new SplitLogits(logits.ToTensor().softmax(1).contiguous().data<float>().ToArray(), logits.ClassCount);
    }

    private static byte[] Pixels(ImageDataset images, InputPixels input) => input == InputPixels.UInt8
        ? images.Pixels.ToArray()
        : MemoryMarshal.AsBytes<float>(Array.ConvertAll(images.Pixels.ToArray(), pixel => pixel / 255f)).ToArray();

    private static double Largest(SplitLogits logits)
    {
        var largest = 0f;
        foreach (var value in logits.Values.Span)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        return largest;
    }

    private static double Accuracy(SplitLogits answers, ImageDataset images)
    {
        var right = 0;
        for (var row = 0; row < answers.Count; row++)
        {
            right += Top(answers, row) == images.Labels.Span[row] ? 1 : 0;
        }

        return (double)right / answers.Count;
    }

    private static double Agreement(SplitLogits first, SplitLogits second) =>
        (double)Enumerable.Range(0, first.Count).Count(row => Top(first, row) == Top(second, row)) / first.Count;

    private static int Top(SplitLogits answers, int row) => Logits.ArgMax(answers.Values.Span.Slice(row * answers.ClassCount, answers.ClassCount));
}
