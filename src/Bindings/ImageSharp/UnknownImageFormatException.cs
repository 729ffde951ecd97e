namespace SixLabors.ImageSharp;

/// <summary>The first bytes are those of no format that can be read: JPEG, PNG, GIF and BMP can.</summary>
/// <param name="errorMessage">One line.</param>
public sealed class UnknownImageFormatException(string errorMessage) : ImageFormatException(errorMessage);
