using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Teachers;

/// <summary>
/// The members' logits on every view, computed once and read by every student: the teachers' cost is paid once. Each view is
/// a memory-mapped file; each row carries its sample's index and is checked when read.
/// </summary>
public sealed class SoftTargetStore : ITeacher, IDisposable
{
    private readonly IReadOnlyList<SoftTargetFile> _views;
    private readonly SoftTargetHeader _header;

    private SoftTargetStore(IReadOnlyList<SoftTargetFile> views, SoftTargetHeader header)
    {
        _views = views;
        _header = header;
    }

    /// <summary>The numbers of the views whose files are not there.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="views">The number of views.</param>
    public static IReadOnlyList<int> MissingViews(string folder, ViewOptions views) =>
        [.. Enumerable.Range(0, views.Count).Where(view => !File.Exists(PathOf(folder, view)))];

    /// <summary>[M] the members' weights in their average; null for equal ones. Not stored: one store serves any weights.</summary>
    public IReadOnlyList<double>? Weights { get; set; }

    /// <summary>Opens the views that are there, after computing those that are not.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="header">What they are made of; its view number is ignored.</param>
    /// <param name="views">The seed and the number of views; at least one.</param>
    /// <param name="teachers">Answers for the views that are missing; on the images' device.</param>
    /// <param name="images">The training images with their augmentation.</param>
    /// <param name="progress">Told the number of each view that was written, on this thread.</param>
    /// <param name="cancellationToken">Stops between two batches; views that are done stay.</param>
    /// <exception cref="DataFaultException">A file is damaged or was made of other teachers, data or views; the message says which.</exception>
    /// <exception cref="MachineFaultException">A file cannot be written, or the disk is full.</exception>
    public static SoftTargetStore Complete(
        string folder,
        SoftTargetHeader header,
        ViewOptions views,
        TeacherEnsemble teachers,
        ResidentDataset images,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        foreach (var view in MissingViews(folder, views))
        {
            var (whole, rows) = (header with { View = view }, new SampleRange { First = 0, Count = images.Count });
            SoftTargetFile.Write(PathOf(folder, view), whole, Answer(teachers, images, views.Seed, view, rows, cancellationToken));
            progress?.Report(view);
        }

        return Open(folder, header, views);
    }

    /// <summary>Opens views that were computed.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="header">What they are made of; its view number is ignored.</param>
    /// <param name="views">The seed and the number of views; at least one.</param>
    /// <exception cref="DataFaultException">A file is missing, damaged or was made of other teachers, data or views; the message says which.</exception>
    public static SoftTargetStore Open(string folder, SoftTargetHeader header, ViewOptions views)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(views.Count, 1, nameof(views));
        var opened = new List<SoftTargetFile>();
        try
        {
            for (var view = 0; view < views.Count; view++)
            {
                opened.Add(SoftTargetFile.Open(PathOf(folder, view), header with { View = view }));
            }
        }
        catch
        {
            opened.ForEach(file => file.Dispose());
            throw;
        }

        return new SoftTargetStore(opened, header);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The batch is of no view that is stored.</exception>
    public torch.Tensor Logits(Batch batch)
    {
        if (batch.View is not { } view || view >= _views.Count)
        {
            throw new ArgumentException($"the batch shows view {batch.View?.ToString() ?? "none"}; views 0 to {_views.Count - 1} are stored", nameof(batch));
        }

        var (members, classes) = (_header.Teachers.Count, _header.Classes);
        var logits = new float[members * batch.Count * classes];
        var row = new Half[members * classes];
        for (var sample = 0; sample < batch.Count; sample++)
        {
            _views[view].Read(batch.Indices.Span[sample], row);
            for (var value = 0; value < row.Length; value++)
            {
                var (member, label) = (value / classes, value % classes);
                logits[(((member * batch.Count) + sample) * classes) + label] = (float)row[value];
            }
        }

        return torch.tensor(logits, [members, batch.Count, classes], device: batch.Images.device);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in _views)
        {
            view.Dispose();
        }
    }

    /// <summary>The file of a view, in the store's folder or in that of a shard.</summary>
    internal static string PathOf(string folder, int view) => Path.Combine(folder, $"view-{view:D4}.logits");

    /// <summary>Has the teachers answer.</summary>
    internal static IEnumerable<SoftTargetBatch> Answer(
        TeacherEnsemble teachers, ResidentDataset images, ulong seed, int view, SampleRange rows, CancellationToken cancellationToken)
    {
        foreach (var indices in Enumerable.Range(rows.First, rows.Count).Chunk(InferenceBatch.SizeOn(images.Device)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var batch = images.GatherViews(indices, seed, view);
            using var logits = teachers.Logits(batch);
            using var host = logits.cpu();
            yield return new SoftTargetBatch(batch.Indices, host.data<float>().ToArray());
        }
    }
}
