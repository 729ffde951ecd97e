namespace SixLabors.ImageSharp.Processing;

/// <summary>What becomes of an image whose shape is not the wanted one.</summary>
public enum ResizeMode
{
    /// <summary>It fills the wanted size, and what stands out on both sides is cut off.</summary>
    Crop = 0,

    /// <summary>It fits into the wanted size, and comes out smaller in one direction.</summary>
    Max = 3,

    /// <summary>It is stretched.</summary>
    Stretch = 5,
}
