using System.Runtime.InteropServices;
using Ensemble.Storage;

namespace Ensemble.Teachers.Specialists;

/// <summary>
/// The classifier that a specialist begins with: a specialist starts from its generalist's weights (Hinton, Vinyals and Dean
/// 2015, section 5.2), but has a part of its classes, and the dustbin.
/// </summary>
public static class SpecialistHead
{
    /// <summary>Makes a specialist's tensor of its generalist's.</summary>
    /// <param name="rows">A weight or bias of the generalist's classifier: [classes, ...] float32.</param>
    /// <param name="classes">The specialist's classes, as <see cref="Specialist.Classes"/>.</param>
    /// <returns>[classes + 1, ...] float32: the rows of these classes; for the dustbin, the mean of all other rows.</returns>
    /// <exception cref="ArgumentException">The tensor is not float32 rows, a class has none, or every row is one of these classes.</exception>
    public static TensorRecord Of(TensorRecord rows, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(classes);
        if (rows.Dtype != SafetensorsDtype.F32 || rows.Shape.Count == 0 || classes.Any(label => label < 0 || label >= rows.Shape[0]) || classes.Count >= rows.Shape[0])
        {
            throw new ArgumentException($"{rows.Name}: {rows.Dtype} [{string.Join(", ", rows.Shape)}] has no rows for classes {string.Join(", ", classes)} and others", nameof(rows));
        }

        var values = MemoryMarshal.Cast<byte, float>(rows.Data.Span);
        var width = values.Length / (int)rows.Shape[0];
        var head = new float[(classes.Count + 1) * width];
        for (var place = 0; place < classes.Count; place++)
        {
            values.Slice(classes[place] * width, width).CopyTo(head.AsSpan(place * width));
        }

        int[] others = [.. Enumerable.Range(0, (int)rows.Shape[0]).Except(classes)];
        for (var column = 0; column < width; column++)
        {
            var sum = 0.0;
            foreach (var other in others)
            {
                sum += values[(other * width) + column];
            }

            head[(classes.Count * width) + column] = (float)(sum / others.Length);
        }

        return new TensorRecord(rows.Name, rows.Dtype, [classes.Count + 1, .. rows.Shape.Skip(1)], MemoryMarshal.AsBytes(head.AsSpan()).ToArray());
    }
}
