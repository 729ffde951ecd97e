namespace Ensemble.Data;

/// <summary>Parts of a data set that are chosen by their labels. The class names stay, so that networks keep all their outputs.</summary>
public static class ClassSelection
{
    /// <summary>The images of some classes alone, in their order.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="classes">The classes that stay.</param>
    /// <exception cref="ArgumentException">No image is of these.</exception>
    public static ImageDataset Only(ImageDataset dataset, params ReadOnlySpan<int> classes) => Choose(dataset, classes, isKept: true);

    /// <summary>The images of all other classes, in their order.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="classes">The classes that are left out.</param>
    /// <exception cref="ArgumentException">Every image is of these.</exception>
    public static ImageDataset Without(ImageDataset dataset, params ReadOnlySpan<int> classes) => Choose(dataset, classes, isKept: false);

    /// <summary>A part of the images with each class in proportion; the same for the same seed.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="share">Of the images, above 0 and below 1.</param>
    /// <param name="seed">The seed of the draw.</param>
    public static ImageDataset Share(ImageDataset dataset, double share, ulong seed)
    {
        if (!(share is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "must be above 0 and below 1");
        }

        var count = Math.Max(1, (int)Math.Round(dataset.Count * share));
        return dataset.Subset(StratifiedSplit.Create(dataset.Labels.Span, dataset.ClassCount, count, seed).HeldIndices.Span);
    }

    private static ImageDataset Choose(ImageDataset dataset, ReadOnlySpan<int> classes, bool isKept)
    {
        var chosen = new List<int>();
        for (var index = 0; index < dataset.Count; index++)
        {
            if (classes.Contains(dataset.Labels.Span[index]) == isKept)
            {
                chosen.Add(index);
            }
        }

        return dataset.Subset([.. chosen]);
    }
}
