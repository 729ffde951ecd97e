namespace Ensemble.Data;

/// <summary>A data set as it is used: images to train on, images to choose by, and images to report on, once.</summary>
public sealed record DatasetSplits
{
    /// <summary>Joins splits that belong together.</summary>
    /// <param name="name">The data set's name, as in the registry.</param>
    /// <param name="train">The training images.</param>
    /// <param name="test">The test images; read once, by the final evaluation.</param>
    /// <param name="validation">The images that choices are made on, or null when none were carved off.</param>
    /// <exception cref="ArgumentException">The splits differ in image shape or class names.</exception>
    public DatasetSplits(string name, ImageDataset train, ImageDataset test, ImageDataset? validation = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(train);
        RequireAlike(train, test, nameof(test));
        RequireAlike(train, validation ?? train, nameof(validation));
        Name = name;
        Train = train;
        Validation = validation;
        Test = test;
    }

    /// <summary>The data set's name, as in the registry.</summary>
    public string Name { get; }

    /// <summary>The training images, without those of <see cref="Validation"/>.</summary>
    public ImageDataset Train { get; }

    /// <summary>The images that choices are made on, or null when none were carved off.</summary>
    public ImageDataset? Validation { get; }

    /// <summary>The test images.</summary>
    public ImageDataset Test { get; }

    /// <summary>Whether the test images were drawn from among all by a seed, there being no test split. Default no.</summary>
    public bool IsTestDrawn { get; init; }

    /// <summary>Every image: training, validation, test.</summary>
    public ImageDataset Whole() => ImageDataset.Join(Validation is null ? [Train, Test] : [Train, Validation, Test]);

    /// <summary>Carves a validation split off the training images, stratified by class.</summary>
    /// <param name="validationCount">Images: 1 to <see cref="StratifiedSplit.MaximumHeldCount(ImageDataset)"/> of the
    /// training images.</param>
    /// <param name="seed">The seed of the draw.</param>
    /// <returns>The same data set with fewer training images.</returns>
    /// <exception cref="InvalidOperationException">There is a validation split already.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="validationCount"/> is out of range.</exception>
    public DatasetSplits CarveValidation(int validationCount, ulong seed)
    {
        if (Validation is not null)
        {
            throw new InvalidOperationException($"data set '{Name}' has a validation split already");
        }

        var split = StratifiedSplit.Create(Train.Labels.Span, Train.ClassCount, validationCount, seed);
        return new DatasetSplits(
            Name, Train.Subset(split.KeptIndices.Span), Test, Train.Subset(split.HeldIndices.Span)) { IsTestDrawn = IsTestDrawn };
    }

    private static void RequireAlike(ImageDataset train, ImageDataset other, string parameterName)
    {
        ArgumentNullException.ThrowIfNull(other, parameterName);
        if (other.Shape != train.Shape)
        {
            throw new ArgumentException($"images are {other.Shape}, the training images {train.Shape}", parameterName);
        }

        if (!other.ClassNames.SequenceEqual(train.ClassNames))
        {
            throw new ArgumentException("class names differ from the training images'", parameterName);
        }
    }
}
