using Ensemble.Storage;

namespace Ensemble.Runs;

/// <summary>A test image that an <see cref="AnswersFile"/> has with it, as a PNG.</summary>
public sealed record PictureRecord : IRecord
{
    /// <summary>Its place among the test images, from 0.</summary>
    public required int Image { get; init; }

    /// <summary>The PNG's length, at least 1.</summary>
    public required int Bytes { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.AtLeast(0, Image, "image");
        faults.AtLeast(1, Bytes, "bytes");
    }
}
