using Ensemble.Data;

namespace Ensemble.Models;

/// <summary>An architecture that cannot take images of this size, or would make nothing of them.</summary>
public sealed class ImageShapeFaultException : EnsembleException
{
    /// <summary>Creates the fault; the message joins the parts into one line.</summary>
    /// <param name="architecture">The architecture's name.</param>
    /// <param name="minimumSide">The fewest rows and columns that it takes, in pixels.</param>
    /// <param name="found">The images' shape.</param>
    /// <param name="remedy">What the person can do.</param>
    public ImageShapeFaultException(string architecture, int minimumSide, ImageShape found, string remedy)
        : base($"{architecture}: expected images of at least {minimumSide}x{minimumSide} pixels, found {found}; {remedy}")
    {
        Architecture = architecture;
        MinimumSide = minimumSide;
        Found = found;
        Remedy = remedy;
    }

    /// <summary>The architecture's name.</summary>
    public string Architecture { get; }

    /// <summary>The fewest rows and columns that the architecture takes, in pixels.</summary>
    public int MinimumSide { get; }

    /// <summary>The images' shape.</summary>
    public ImageShape Found { get; }

    /// <summary>What the person can do about it.</summary>
    public string Remedy { get; }

    /// <summary>Throws where an image has fewer rows or columns than an architecture takes.</summary>
    /// <param name="architecture">The architecture's name.</param>
    /// <param name="minimumSide">The fewest rows and columns, in pixels.</param>
    /// <param name="input">The images' shape.</param>
    /// <param name="remedy">What the person can do.</param>
    /// <exception cref="ImageShapeFaultException">The images are smaller.</exception>
    internal static void ThrowIfSmaller(string architecture, int minimumSide, ImageShape input, string remedy)
    {
        if (Math.Min(input.Height, input.Width) < minimumSide)
        {
            throw new ImageShapeFaultException(architecture, minimumSide, input, remedy);
        }
    }
}
