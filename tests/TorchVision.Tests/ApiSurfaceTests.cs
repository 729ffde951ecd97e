using ApiSurface;

namespace TorchSharp.Tests.Vision;

/// <summary>The binding has TorchVision's surface.</summary>
public sealed class ApiSurfaceTests() : SurfaceTests("TorchVision-0.107.0", typeof(torchvision));
