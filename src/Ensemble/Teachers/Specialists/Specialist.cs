using Ensemble.Data;

namespace Ensemble.Teachers.Specialists;

/// <summary>
/// What a specialist is trained on (Hinton, Vinyals and Dean 2015, section 5.2): half of its images are of its own classes, half
/// are drawn from all others, which are one class for it, the dustbin, its last.
/// </summary>
public sealed class Specialist
{
    private const string Dustbin = "dustbin";

    private Specialist(IReadOnlyList<int> classes, ImageDataset images, double dustbinShift) => (Classes, Images, DustbinShift) = (classes, images, dustbinShift);

    /// <summary>Its classes, ascending, in the order of its outputs; the dustbin's output follows.</summary>
    public IReadOnlyList<int> Classes { get; }

    /// <summary>Its training images, labelled 0 to <see cref="Classes"/>.Count, the dustbin.</summary>
    public ImageDataset Images { get; }

    /// <summary>
    /// What the dustbin's logit is raised by after training: the log of how many times likelier an image of the specialist's
    /// classes was to be taken than another.
    /// </summary>
    public double DustbinShift { get; }

    /// <summary>Draws a specialist's images.</summary>
    /// <param name="all">The generalist's training images.</param>
    /// <param name="classes">The specialist's classes: some, not all, without repetition.</param>
    /// <param name="seed">The seed of the draw among the others.</param>
    /// <exception cref="ArgumentException">No image is of these classes, or every one is.</exception>
    public static Specialist Draw(ImageDataset all, IReadOnlyList<int> classes, ulong seed)
    {
        int[] own = [.. classes.Order()];
        var inside = new List<int>();
        var outside = new List<int>();
        for (var index = 0; index < all.Count; index++)
        {
            (Array.IndexOf(own, all.Labels.Span[index]) >= 0 ? inside : outside).Add(index);
        }

        if (inside.Count == 0 || outside.Count == 0)
        {
            throw new ArgumentException("must be the classes of some images, not of all", nameof(classes));
        }

        var others = outside.ToArray();
        new RandomStream(seed, "specialists/dustbin").Shuffle(others);
        var taken = others[..Math.Min(inside.Count, others.Length)];
        var chosen = all.Subset([.. inside, .. taken]);
        int[] labels = [.. chosen.Labels.ToArray().Select(label => Array.IndexOf(own, label)).Select(place => place < 0 ? own.Length : place)];
        string[] names = [.. own.Select(label => all.ClassNames[label]), Dustbin];
        return new Specialist(own, new ImageDataset(all.Shape, chosen.Pixels, labels, names, all.Source), Math.Log((double)outside.Count / taken.Length));
    }

    /// <summary>Its probabilities, corrected for the images that it was trained on.</summary>
    /// <param name="logits">[<see cref="Classes"/>.Count + 1] float32.</param>
    /// <returns>[<see cref="Classes"/>.Count + 1], the dustbin's last; sum 1.</returns>
    public double[] Correct(ReadOnlySpan<float> logits)
    {
        if (logits.Length != Classes.Count + 1)
        {
            throw new ArgumentException($"{logits.Length} logits for {Classes.Count} classes and the dustbin", nameof(logits));
        }

        var raised = logits.ToArray();
        raised[^1] += (float)DustbinShift;
        return Softmax.Of(raised);
    }
}
