namespace SixLabors.ImageSharp;

/// <summary>The format is known, but the file is damaged, uses what cannot be read, or declares an absurd size.</summary>
public sealed class InvalidImageContentException : ImageFormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="errorMessage">One line.</param>
    public InvalidImageContentException(string errorMessage)
        : base(errorMessage)
    {
    }

    /// <summary>Creates the exception.</summary>
    /// <param name="errorMessage">One line.</param>
    /// <param name="innerException">What showed the damage.</param>
    public InvalidImageContentException(string errorMessage, Exception innerException)
        : base(errorMessage, innerException)
    {
    }
}
