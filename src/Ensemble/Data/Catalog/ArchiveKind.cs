namespace Ensemble.Data.Catalog;

/// <summary>What a file holds others in.</summary>
public enum ArchiveKind
{
    /// <summary>No archive: the file is used as it is (readers open <c>.gz</c> themselves).</summary>
    None,

    /// <summary>A zip archive.</summary>
    Zip,

    /// <summary>A tar archive, not compressed.</summary>
    Tar,

    /// <summary>A tar archive in gzip: <c>.tar.gz</c>, <c>.tgz</c>.</summary>
    TarGz,

    /// <summary>One file in gzip.</summary>
    Gzip,
}
