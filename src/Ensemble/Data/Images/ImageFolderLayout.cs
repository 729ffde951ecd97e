namespace Ensemble.Data.Images;

/// <summary>
/// What lies in a folder of images: split folders or none, class folders, files. A class may hold folders of its own.
/// The folder itself, its splits and its classes may be links; links to folders further down are ignored, so that no
/// loop of links is ever followed.
/// </summary>
internal sealed class ImageFolderLayout
{
    private static readonly Dictionary<string, ImageSplit> s_splitNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = ImageSplit.Train,
        ["training"] = ImageSplit.Train,
        ["val"] = ImageSplit.Validation,
        ["valid"] = ImageSplit.Validation,
        ["validation"] = ImageSplit.Validation,
        ["test"] = ImageSplit.Test,
        ["testing"] = ImageSplit.Test,
    };

    private readonly List<ImageFile> _files = [];
    private readonly string _root;
    private string[] _classNames = [];

    private ImageFolderLayout(string root) => _root = root;

    /// <summary>The folder that holds the class or split folders.</summary>
    public string Root => _root;

    /// <summary>The class folders' names, in ordinal order.</summary>
    public IReadOnlyList<string> ClassNames => _classNames;

    /// <summary>The files, in the order of split, class and path (ordinal).</summary>
    public IReadOnlyList<ImageFile> Files => _files;

    /// <summary>The split folders that were found, in order; empty when there are none.</summary>
    public IReadOnlyList<string> SplitFolders { get; private set; } = [];

    /// <summary>Names that begin with a dot.</summary>
    public int HiddenCount { get; private set; }

    /// <summary>Files of other kinds, and folders that are ignored.</summary>
    public int IgnoredCount { get; private set; }

    /// <summary>Whether a folder holds folders with images: stops at the first one.</summary>
    public static bool Recognises(string path)
    {
        try
        {
            return Directory.Exists(path) && HoldsImagesBelow(FindRoot(path), levels: 3);
        }
        catch (DataFaultException)
        {
            return false;
        }
    }

    /// <summary>Looks through a folder.</summary>
    /// <exception cref="DataFaultException">It is missing or cannot be listed; there is no class folder, or one alone;
    /// a class is empty; the splits differ in their classes.</exception>
    public static ImageFolderLayout Scan(string path)
    {
        var layout = new ImageFolderLayout(FindRoot(path));
        var splits = FindSplits(layout._root);
        if (splits.Count == 0)
        {
            layout.AddClasses(layout._root, ImageSplit.Train);
            return layout;
        }

        layout.SplitFolders = [.. splits.Select(split => Path.GetFileName(split.Folder)!)];
        layout.CountBeside(splits);
        foreach (var (folder, split) in splits)
        {
            layout.AddClasses(folder, split);
        }

        return layout;
    }

    // An archive often unpacks to one folder that holds all: that one is meant.
    private static string FindRoot(string path)
    {
        for (var levels = 0; levels < 8; levels++)
        {
            if (FindSplits(path).Count > 0) return path;
            var (folders, files) = FolderListing.List(path);
            var shown = folders.Where(folder => !FolderListing.IsHidden(folder)).ToArray();
            if (shown.Length != 1 || files.Any(FolderListing.IsImageName)) return path;
            var (below, inside) = FolderListing.List(shown[0]);
            if (inside.Any(FolderListing.IsImageName) || !below.Any(folder => !FolderListing.IsHidden(folder)) || FolderListing.IsAbove(shown[0])) return path;
            path = shown[0];
        }

        return path;
    }

    // A class may be called "train", as on a street: a split's folder holds folders and no images.
    private static List<(string Folder, ImageSplit Split)> FindSplits(string root)
    {
        var found = new List<(string Folder, ImageSplit Split)>();
        foreach (var folder in FolderListing.List(root).Folders)
        {
            if (!s_splitNames.TryGetValue(Path.GetFileName(folder), out var split)) continue;
            var (below, inside) = FolderListing.List(folder);
            if (!below.Any(child => !FolderListing.IsHidden(child)) || inside.Any(FolderListing.IsImageName)) continue;
            if (found.Any(other => other.Split == split))
            {
                throw new DataFaultException(
                    root, "one folder for each split", $"both {Path.GetFileName(found.Find(other => other.Split == split).Folder)} and {Path.GetFileName(folder)}",
                    "keep one of them");
            }

            found.Add((folder, split));
        }

        if (!found.Any(one => one.Split == ImageSplit.Train)) return [];
        if (!found.Any(one => one.Split == ImageSplit.Test))
        {
            found = [.. found.Select(one => one.Split == ImageSplit.Validation ? (one.Folder, ImageSplit.Test) : one)];
        }

        return [.. found.OrderBy(one => one.Split)];
    }

    private static bool HoldsImagesBelow(string folder, int levels)
    {
        var folders = FolderListing.List(folder).Folders.Where(child => !FolderListing.IsHidden(child)).ToArray();
        return folders.Any(FolderListing.HoldsImages)
            || (levels > 1 && folders.Any(child => !FolderListing.IsLink(child) && HoldsImagesBelow(child, levels - 1)));
    }

    private void AddClasses(string splitFolder, ImageSplit split)
    {
        var (folders, files) = FolderListing.List(splitFolder);
        CountIgnored(files);
        IgnoredCount += files.Count(file => !FolderListing.IsHidden(file) && FolderListing.IsImageName(file));
        var isMeant = folders.ToLookup(folder => !FolderListing.IsHidden(folder) && !FolderListing.IsAbove(folder));
        HiddenCount += isMeant[false].Count(FolderListing.IsHidden);
        IgnoredCount += isMeant[false].Count(folder => !FolderListing.IsHidden(folder));
        var classFolders = isMeant[true].OrderBy(folder => Path.GetFileName(folder), StringComparer.Ordinal).ToArray();
        var names = classFolders.Select(folder => Path.GetFileName(folder)!).ToArray();
        RequireClasses(splitFolder, names);
        _classNames = names;
        for (var label = 0; label < classFolders.Length; label++)
        {
            var before = _files.Count;
            AddFiles(classFolders[label], split, label);
            if (_files.Count == before)
            {
                throw new DataFaultException(
                    classFolders[label], "at least one image in every class folder", "none", "add some, or remove the folder");
            }
        }
    }

    private void RequireClasses(string splitFolder, string[] names)
    {
        if (names.Length < 2)
        {
            throw new DataFaultException(
                splitFolder,
                "a folder of images for each class, and at least two classes",
                names.Length == 0 ? "no folder" : $"one folder, {names[0]}",
                "put the images of each class into a folder of its own");
        }

        if (_classNames.Length > 0 && !_classNames.SequenceEqual(names))
        {
            var differing = _classNames.Except(names).Concat(names.Except(_classNames)).Order(StringComparer.Ordinal).ToArray();
            throw new DataFaultException(
                splitFolder,
                $"the same class folders in {string.Join(" and ", SplitFolders)}",
                $"{string.Join(", ", differing.Take(5))}{(differing.Length > 5 ? ", ..." : "")} not in all of them",
                "give every class a folder in each");
        }
    }

    private void AddFiles(string folder, ImageSplit split, int label)
    {
        var (folders, files) = FolderListing.List(folder);
        CountIgnored(files);
        _files.AddRange(files.Where(file => !FolderListing.IsHidden(file) && FolderListing.IsImageName(file))
            .Order(StringComparer.Ordinal).Select(file => new ImageFile(file, split, label)));
        foreach (var child in folders.Order(StringComparer.Ordinal))
        {
            if (FolderListing.IsHidden(child)) HiddenCount++;
            else if (FolderListing.IsLink(child)) IgnoredCount++;
            else AddFiles(child, split, label);
        }
    }

    private void CountBeside(List<(string Folder, ImageSplit Split)> splits)
    {
        var (folders, files) = FolderListing.List(_root);
        CountIgnored(files);
        IgnoredCount += files.Count(file => !FolderListing.IsHidden(file) && FolderListing.IsImageName(file));
        var beside = folders.Except(splits.Select(split => split.Folder)).ToArray();
        HiddenCount += beside.Count(FolderListing.IsHidden);
        IgnoredCount += beside.Count(folder => !FolderListing.IsHidden(folder));
    }

    private void CountIgnored(IEnumerable<string> files)
    {
        foreach (var file in files)
        {
            if (FolderListing.IsHidden(file)) HiddenCount++;
            else if (!FolderListing.IsImageName(file)) IgnoredCount++;
        }
    }
}
