using ApiSurface;

namespace ScottPlot.Tests;

/// <summary>The binding has ScottPlot's surface.</summary>
public sealed class ApiSurfaceTests() : SurfaceTests("ScottPlot-5.1.59", typeof(Plot));
