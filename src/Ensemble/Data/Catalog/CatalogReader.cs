using System.Diagnostics;
using Ensemble.Data.Downloads;
using Ensemble.Data.Formats;
using Ensemble.Data.Images;

namespace Ensemble.Data.Catalog;

/// <summary>Reads data sets of the catalogue from the disk, under the catalogue's name and class names.</summary>
internal static class CatalogReader
{
    private static readonly ImageFolderReader s_images = new();

    /// <summary>Whether a data set was downloaded to a folder: the receipt of its download is there.</summary>
    public static bool IsHere(CatalogEntry entry, string dataFolder) =>
        File.Exists(new DatasetFolder(dataFolder, entry.Name).ReceiptPath);

    /// <summary>Whether a folder holds the data set's files themselves, or some of them, as a person may have put them there.</summary>
    public static bool HoldsFiles(CatalogEntry entry, string folder)
    {
        IDatasetPathReader? reader = entry.Layout switch
        {
            DatasetLayout.Idx => new IdxFolderPathReader(),
            DatasetLayout.CifarBinary => new CifarFolderPathReader(),
            DatasetLayout.ImageFolder => s_images,
            DatasetLayout.Stl10Binary => new Stl10FolderPathReader(),
            DatasetLayout.Matlab => new SvhnFolderPathReader(),
            _ => null,
        };
        return Directory.Exists(folder)
            && (reader?.Recognises(folder) == true || entry.Files.Any(file => File.Exists(Path.Combine(folder, file.Name))));
    }

    /// <summary>The properties of <see cref="ReadingOptions"/> that its layout has a use for.</summary>
    public static IReadOnlyList<string> Options(CatalogEntry entry) => entry.Layout switch
    {
        DatasetLayout.ImageFolder => s_images.Options,
        DatasetLayout.Npz => new NpzPathReader().Options,
        _ => [],
    };

    /// <summary>Reads a data set.</summary>
    /// <param name="entry">The data set.</param>
    /// <param name="folder">The folder where a reader begins.</param>
    /// <param name="request">What is asked of it.</param>
    /// <param name="images">Reads its images, where it is a folder of images.</param>
    /// <exception cref="DataFaultException">The data are missing or damaged, or hold other classes than the catalogue
    /// says.</exception>
    public static DatasetSplits Load(CatalogEntry entry, string folder, DatasetRequest request, IDatasetPathReader? images)
    {
        var splits = entry.Layout switch
        {
            DatasetLayout.Idx => MnistFolder.Load(folder, entry.ClassNames, entry.Name),
            DatasetLayout.CifarBinary => new CifarFolderPathReader().Load(folder, request),
            DatasetLayout.ImageFolder => (images ?? s_images).Load(folder, request),
            DatasetLayout.Npz => new NpzPathReader().Load(Path.Combine(folder, entry.Files[0].Name), request),
            DatasetLayout.Stl10Binary => Stl10Folder.Load(folder, entry.Name),
            DatasetLayout.Matlab => SvhnFolder.Load(folder, entry.Name),
            _ => throw new UnreachableException($"{entry.Layout} is no layout, and was let into the catalogue"),
        };
        // Folders of images name their classes themselves; an .npz has numbers only.
        var names = entry.Layout == DatasetLayout.Npz ? entry.ClassNames : splits.Train.ClassNames;
        return splits.Train.ClassCount == entry.ClassNames.Count
            ? new DatasetSplits(
                entry.Name,
                Rename(splits.Train, names),
                Rename(splits.Test, names),
                splits.Validation is null ? null : Rename(splits.Validation, names))
            : throw new DataFaultException(
                folder, $"{entry.ClassNames.Count} classes, those of {entry.Name}", $"{splits.Train.ClassCount}",
                $"download it again: ./ensemble data download {entry.Name} --replace");
    }

    private static ImageDataset Rename(ImageDataset dataset, IReadOnlyList<string> names) =>
        new(dataset.Shape, dataset.Pixels, dataset.Labels, names, dataset.Source);
}
