namespace Ensemble.Cli.Commands;

/// <summary>How training images vary, in one word.</summary>
internal enum AugmentationChoice
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Moved by up to 2 pixels.</summary>
    Jitter,

    /// <summary>Moved by up to 4 pixels, and mirrored.</summary>
    CropFlip,
}
