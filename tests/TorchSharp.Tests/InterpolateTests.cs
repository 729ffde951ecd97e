using static TorchSharp.torch;
using F = TorchSharp.torch.nn.functional;

namespace TorchSharp.Tests;

/// <summary>What interpolate refuses; its values are held against PyTorch's by fixtures/cases_networks.py.</summary>
public sealed class InterpolateTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _grid = zeros([1, 1, 4, 4]);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Interpolate_ArgumentsThatDoNotGoTogether_AreNamed()
    {
        Assert.Throws<ArgumentException>("size", () => F.interpolate(_grid));
        Assert.Throws<ArgumentException>("size", () => F.interpolate(_grid, [8, 8], [2, 2]));
        Assert.Throws<ArgumentException>("size", () => F.interpolate(_grid, [8]));
        Assert.Throws<ArgumentException>("scale_factor", () => F.interpolate(_grid, scale_factor: [2, 2, 2]));
        Assert.Throws<ArgumentException>("recompute_scale_factor", () => F.interpolate(_grid, [8, 8], recompute_scale_factor: true));
        Assert.Throws<ArgumentException>("align_corners", () => F.interpolate(_grid, [8, 8], align_corners: true));
        Assert.Throws<ArgumentException>("antialias", () => F.interpolate(_grid, [8, 8], antialias: true));
        Assert.Throws<ArgumentException>("mode", () => F.interpolate(_grid, [8, 8], mode: InterpolationMode.Trilinear));
        Assert.Throws<ArgumentException>("mode", () => F.interpolate(_grid[0], [8], mode: InterpolationMode.Bicubic));
    }
}
