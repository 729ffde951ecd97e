using Ensemble.Data;

namespace Ensemble.Teachers;

/// <summary>
/// Soft targets made in parts: each shard has a folder <c>shards/2-of-8</c> in the store's, with a file for each view that holds
/// the rows of its samples and says in its header which those are. Joined, they are the store that one process would have made,
/// bit for bit.
/// </summary>
/// <param name="folder">The store's folder.</param>
public sealed class SoftTargetShards(string folder)
{
    private string ShardsPath => Path.Combine(folder, "shards");

    /// <summary>Whether a part of the store is there that was not joined.</summary>
    public bool Any => Directory.Exists(ShardsPath) && Directory.EnumerateDirectories(ShardsPath).Any();

    /// <summary>The folders of the parts that are there.</summary>
    public IReadOnlyList<string> Folders => Directory.Exists(ShardsPath) ? [.. Directory.EnumerateDirectories(ShardsPath).Order(StringComparer.Ordinal)] : [];

    /// <summary>Where a shard's files lie; the folder need not exist.</summary>
    public string PathOf(SampleShard shard)
    {
        ArgumentNullException.ThrowIfNull(shard);
        return Path.Combine(ShardsPath, shard.FolderName);
    }

    /// <summary>The views that neither the store nor the shard has.</summary>
    /// <param name="shard">The shard.</param>
    /// <param name="views">The number of views.</param>
    public IReadOnlyList<int> MissingViews(SampleShard shard, ViewOptions views)
    {
        var path = PathOf(shard);
        return [.. SoftTargetStore.MissingViews(folder, views).Where(view => !File.Exists(SoftTargetStore.PathOf(path, view)))];
    }

    /// <summary>Computes a shard of the views that are missing.</summary>
    /// <param name="shard">Which.</param>
    /// <param name="header">What the store is made of; its view number is ignored.</param>
    /// <param name="views">The seed and the number of views; at least one.</param>
    /// <param name="teachers">Answers; on the images' device.</param>
    /// <param name="images">The training images with their augmentation.</param>
    /// <param name="progress">Told the number of each view that was written, on this thread.</param>
    /// <param name="cancellationToken">Stops between two batches; views that are done stay.</param>
    /// <exception cref="MachineFaultException">A file cannot be written, or the disk is full.</exception>
    public void Write(
        SampleShard shard,
        SoftTargetHeader header,
        ViewOptions views,
        TeacherEnsemble teachers,
        ResidentDataset images,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shard);
        var rows = shard.RangeOf(images.Count, InferenceBatch.Unit);
        foreach (var view in MissingViews(shard, views))
        {
            var answers = SoftTargetStore.Answer(teachers, images, views.Seed, view, rows, cancellationToken);
            SoftTargetFile.Write(SoftTargetStore.PathOf(PathOf(shard), view), header with { View = view, Range = rows }, answers);
            progress?.Report(view);
        }
    }

    /// <summary>Checks the files of a shard, all of them.</summary>
    /// <exception cref="DataFaultException">One is damaged or of something else; the message says what.</exception>
    public void Check(SampleShard shard, SoftTargetHeader header, ViewOptions views)
    {
        var rows = shard.RangeOf(header.Samples, InferenceBatch.Unit);
        foreach (var view in SoftTargetStore.MissingViews(folder, views))
        {
            SoftTargetFile.Open(SoftTargetStore.PathOf(PathOf(shard), view), header with { View = view, Range = rows }).Dispose();
        }
    }

    /// <summary>Makes the views that are missing from their shards, then deletes the shards.</summary>
    /// <param name="header">What the store is made of; its view number is ignored.</param>
    /// <param name="views">The number of views.</param>
    /// <exception cref="DataFaultException">
    /// A shard is missing, damaged, of other teachers, data or views, or has samples that another has too; the message names it.
    /// </exception>
    /// <exception cref="MachineFaultException">A file cannot be written, or the disk is full.</exception>
    public void Join(SoftTargetHeader header, ViewOptions views)
    {
        foreach (var view in SoftTargetStore.MissingViews(folder, views))
        {
            Join(header with { View = view }, view);
        }

        if (Directory.Exists(ShardsPath))
        {
            Directory.Delete(ShardsPath, recursive: true);
        }
    }

    private void Join(SoftTargetHeader header, int view)
    {
        var parts = Folders.Select(shard => SoftTargetStore.PathOf(shard, view)).Where(File.Exists)
            .Select(path => (Path: path, Rows: SoftTargetFile.ReadHeaderOf(path).Rows))
            .OrderBy(part => part.Rows.First).ThenBy(part => part.Rows.Count).ToArray();
        RequireWhole(parts, header.Samples, view);
        var opened = new List<SoftTargetFile>();
        try
        {
            opened.AddRange(parts.Select(part => SoftTargetFile.Open(part.Path, header with { Range = part.Rows })));
            SoftTargetFile.Join(SoftTargetStore.PathOf(folder, view), header, opened);
        }
        finally
        {
            opened.ForEach(file => file.Dispose());
        }
    }

    private void RequireWhole((string Path, SampleRange Rows)[] parts, int samples, int view)
    {
        var (next, before) = (0, "");
        foreach (var part in parts.Where(part => part.Rows.Count > 0))
        {
            if (part.Rows.First < next)
            {
                throw Fault(part.Path, $"samples from {next} on, where {before} ends", $"{part.Rows}", "delete the shards of one of the two divisions");
            }

            RequireNone(next, part.Rows.First);
            (next, before) = (part.Rows.End, part.Path);
        }

        RequireNone(next, samples);

        void RequireNone(int first, int end)
        {
            if (first < end)
            {
                var missing = new SampleRange { First = first, Count = end - first };
                throw Fault(ShardsPath, $"all {samples} samples of view {view}", $"no shard with {missing} (there: {Present(parts)})", "do the missing shards, or delete the folder, and the whole is made at once");
            }
        }
    }

    private static string Present((string Path, SampleRange Rows)[] parts) =>
        parts.Length == 0 ? "none" : string.Join(", ", parts.Select(part => Path.GetFileName(Path.GetDirectoryName(part.Path))));

    private static DataFaultException Fault(string path, string expected, string found, string remedy) => new(path, expected, found, remedy);
}
