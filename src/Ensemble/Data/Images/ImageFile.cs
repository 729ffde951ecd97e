namespace Ensemble.Data.Images;

/// <summary>A file that should be an image, and where it belongs.</summary>
internal sealed record ImageFile(string Path, ImageSplit Split, int Label);
