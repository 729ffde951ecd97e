using TorchSharp;

namespace Ensemble.Data.Images;

/// <summary>
/// Makes any image file into what a trained classifier takes, exactly as its training images were made when they were
/// read from a folder: turned upright, resized until the shorter side fits (bicubic, antialiased), the middle of the longer
/// one kept; then bytes to 0 to 1, minus the mean, by the deviation.
/// </summary>
/// <remarks>The pixels are those of <see cref="ImageFolderReader"/> bit for bit; normalised, they differ from a batch's by
/// rounding alone. A classifier of one channel gets the gray that is there, or red, green and blue weighed to one.</remarks>
public sealed class ImagePreparation
{
    // As batches are normalised: a channel of one single value stays finite.
    private const double LeastDeviation = 1e-6;

    private readonly torchvision.ITransform _colour;
    private readonly torchvision.ITransform _toGray;

    /// <param name="shape">The images that the classifier takes; of one or three channels.</param>
    /// <param name="normalisation">What the classifier was trained with, a value for each channel.</param>
    /// <exception cref="ArgumentException">There are other channels, or not a value for each.</exception>
    public ImagePreparation(ImageShape shape, ChannelStatistics normalisation)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(normalisation);
        if (shape.Channels is not (1 or 3))
        {
            throw new ArgumentException($"must have 1 or 3 channels, has {shape.Channels}", nameof(shape));
        }

        if (normalisation.Mean.Count != shape.Channels || normalisation.StandardDeviation.Count != shape.Channels)
        {
            throw new ArgumentException($"has {normalisation.Mean.Count} channels, the images {shape.Channels}", nameof(normalisation));
        }

        Shape = shape;
        var toUnit = torchvision.transforms.ConvertImageDtype(torch.ScalarType.Float32);
        var normalise = torchvision.transforms.Normalize(
            [.. normalisation.Mean], [.. normalisation.StandardDeviation.Select(deviation => Math.Max(deviation, LeastDeviation))]);
        _colour = torchvision.transforms.Compose(toUnit, normalise);
        _toGray = torchvision.transforms.Compose(toUnit, torchvision.transforms.Grayscale(), normalise);
    }

    /// <summary>The images that the classifier takes.</summary>
    public ImageShape Shape { get; }

    /// <summary>Reads an image.</summary>
    /// <param name="path">A JPEG, PNG, GIF or BMP.</param>
    /// <returns>[1, C, H, W] float32 on the CPU, normalised; the caller's.</returns>
    /// <exception cref="DataFaultException">It cannot be read.</exception>
    /// <exception cref="MachineFaultException">The machine lacks the library that decodes images.</exception>
    public torch.Tensor Read(string path)
    {
        var planes = ReadPlanes(path, out var isGray);
        using var scope = torch.NewDisposeScope();
        using var guard = torch.no_grad();
        var all = torch.tensor(planes, [1, 3, Shape.Height, Shape.Width]);
        var prepared = (Shape.Channels, isGray) switch
        {
            (3, _) => _colour.call(all),
            (_, true) => _colour.call(all.narrow(1, 0, 1)),
            _ => _toGray.call(all),
        };
        return prepared.MoveToOuterDisposeScope();
    }

    /// <summary>Reads an image's pixels, not normalised.</summary>
    /// <param name="path">A JPEG, PNG, GIF or BMP.</param>
    /// <param name="isGray">Whether the three planes are equal.</param>
    /// <returns>[3, H, W] uint8.</returns>
    internal byte[] ReadPlanes(string path, out bool isGray)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ImageFileDecoder.RequireLibrary();
        var planes = new byte[3 * Shape.PlaneLength];
        if (!File.Exists(path))
        {
            throw new DataFaultException(path, "an image", Directory.Exists(path) ? "a folder" : "nothing", "check the path");
        }

        var reason = ImageFileDecoder.Decode(path, Shape.Width, Shape.Height, new byte[planes.Length], planes, out var outcome);
        isGray = outcome.IsGray;
        return reason is null ? planes : throw new DataFaultException(path, "an image", reason, "check that it is whole, or leave it out");
    }
}
