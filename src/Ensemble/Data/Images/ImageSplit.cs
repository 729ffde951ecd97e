namespace Ensemble.Data.Images;

/// <summary>What a folder's images are for.</summary>
internal enum ImageSplit
{
    /// <summary>Training; or everything, where there is no test folder yet.</summary>
    Train,

    /// <summary>Choices.</summary>
    Validation,

    /// <summary>The final evaluation.</summary>
    Test,
}
