using Ensemble.Data;

namespace Ensemble.Classification;

/// <summary>A network with all that it needs to answer on pixels.</summary>
internal interface IAnsweringNetwork : IDisposable
{
    /// <summary>The images that it takes.</summary>
    ImageShape Shape { get; }

    /// <summary>The classes, in the order of its answers; at least 2.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>Answers on a batch.</summary>
    /// <param name="pixels">[count, C, H, W] uint8, 0 to 255.</param>
    /// <param name="count">Images, at least 1.</param>
    /// <returns>[count, classes] probabilities.</returns>
    float[] Answer(ReadOnlyMemory<byte> pixels, int count);
}
