namespace Ensemble.Cli.Commands;

/// <summary>Which images are measured on.</summary>
internal enum SplitChoice
{
    /// <summary>The test images.</summary>
    Test,

    /// <summary>The training images.</summary>
    Train,

    /// <summary>Every image.</summary>
    All,
}
