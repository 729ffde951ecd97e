namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>A filter: how much a source pixel counts, by its distance. When an image shrinks the filter is widened by
/// the same ratio, so that every source pixel counts.</summary>
public interface IResampler
{
    /// <summary>The distance from which on nothing counts, in pixels of the coarser grid.</summary>
    float Radius { get; }

    /// <summary>The weight at a distance.</summary>
    /// <param name="x">The distance, in pixels of the coarser grid; of either sign.</param>
    /// <returns>The weight; the weights of a pixel are scaled to a sum of 1.</returns>
    float GetValue(float x);
}
