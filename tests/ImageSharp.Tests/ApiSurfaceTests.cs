using ApiSurface;

namespace SixLabors.ImageSharp.Tests;

/// <summary>The binding has ImageSharp's surface.</summary>
public sealed class ApiSurfaceTests() : SurfaceTests("SixLabors.ImageSharp-3.1.12", typeof(Image));
