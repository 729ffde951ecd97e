using TorchSharp;

namespace Ensemble.Evaluation;

/// <summary>What a model answers on every image of a split, in the split's order.</summary>
public sealed class SplitLogits
{
    /// <param name="values">[N, C] row-major logits.</param>
    /// <param name="classCount">C.</param>
    public SplitLogits(ReadOnlyMemory<float> values, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        if (values.Length % classCount != 0)
        {
            throw new ArgumentException($"{values.Length} values are no rows of {classCount}", nameof(values));
        }

        Values = values;
        ClassCount = classCount;
    }

    /// <summary>[N, C] row-major logits; for an ensemble, log-probabilities.</summary>
    public ReadOnlyMemory<float> Values { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public int Count => Values.Length / ClassCount;

    /// <summary>The same numbers as a tensor on the CPU, [N, C]; the caller disposes it.</summary>
    public torch.Tensor ToTensor() => torch.tensor(Values.ToArray(), [Count, ClassCount]);
}
