namespace Ensemble.Data.Downloads;

/// <summary>What a download is doing.</summary>
public enum DownloadStage
{
    /// <summary>Bytes arrive.</summary>
    Downloading,

    /// <summary>A try failed; the next one follows after a pause, or from another mirror.</summary>
    Retrying,

    /// <summary>The file is read back and its checksum taken.</summary>
    Verifying,

    /// <summary>The archive is unpacked.</summary>
    Unpacking,
}
