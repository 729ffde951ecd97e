using TorchSharp.Tests.Oracle;
using static TorchSharp.torch;
using static TorchSharp.torchvision;
using F = TorchSharp.torchvision.transforms.functional;

namespace TorchSharp.Tests.Vision;

public sealed class TransformTests
{
    public static TheoryData<string> Ids() => new(FixtureFile.Instance.Cases.Select(fixture => fixture.Id).Union(TransformCases.All.Keys));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Call_Case_GivesPyTorchsValues(string id)
    {
        using var scope = NewDisposeScope();
        var fixture = FixtureFile.ById[id];
        var input = fixture.Inputs[0].ToTensor();

        fixture.Outputs[0].AssertEqual(TransformCases.All[id](input), id);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Call_Case_LeavesTheInputAndNoOtherTensor(string id)
    {
        using var scope = NewDisposeScope();
        var input = FixtureFile.ById[id].Inputs[0].ToTensor();
        var before = input.bytes.ToArray();
        var alive = LiveTensors.Count();

        var output = TransformCases.All[id](input);

        Assert.Equal(alive + 1, Tensor.TotalCount);
        Assert.NotSame(input, output);
        output.Dispose();
        Assert.Equal(before, input.bytes.ToArray());
    }

    [Fact]
    public void Resize_BicubicBesideAnEdge_StaysInTheBytesRange()
    {
        using var scope = NewDisposeScope();
        // Left half black, right half white: a cubic curve swings over on both sides.
        var image = cat([zeros([1, 1, 8, 4]), full([1, 1, 8, 4], 255)], 3).to(ScalarType.Byte);

        var values = F.resize(image, 16, 16, InterpolationMode.Bicubic).bytes.ToArray();

        Assert.Equal([0, 0, 0, 0, 0, 0], values[..6]);
        Assert.Equal([255, 255, 255, 255, 255, 255], values[10..16]);
    }

    [Fact]
    public void Transforms_ArgumentsThatDoNotGoTogether_AreRefused()
    {
        using var scope = NewDisposeScope();
        var bytes = zeros([3, 4, 5]).to(ScalarType.Byte);
        var real = zeros([3, 4, 5]);

        Assert.Throws<ArgumentException>(() => transforms.Compose());
        Assert.Throws<ArgumentException>("stdevs", () => transforms.Normalize([0.5, 0.5], [1]));
        Assert.Throws<ArgumentException>("means", () => F.normalize(real, [0.5], [1]));
        Assert.Throws<ArgumentException>("stdevs", () => F.normalize(real, [0, 0, 0], [1, 0, 1]));
        Assert.Throws<ArgumentException>("input", () => F.normalize(bytes, [0, 0, 0], [1, 1, 1]));
        Assert.Throws<ArgumentException>("maxSize", () => F.resize(real, 4, 4, maxSize: 9));
        Assert.Throws<ArgumentException>("maxSize", () => F.resize(real, 4, -1, maxSize: 4));
        Assert.Throws<ArgumentException>("interpolation", () => F.resize(real, 4, 4, InterpolationMode.Area));
        Assert.Throws<ArgumentOutOfRangeException>("height", () => F.resize(real, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>("width", () => F.crop(real, 0, 0, 1, 0));
        Assert.Throws<ArgumentException>("num_output_channels", () => F.rgb_to_grayscale(real, 2));
        Assert.Throws<ArgumentException>("input", () => F.rgb_to_grayscale(zeros([2, 4, 5])));
        Assert.Throws<ArgumentException>("dtype", () => F.convert_image_dtype(real, ScalarType.Int64));
        Assert.Throws<ArgumentException>("input", () => F.center_crop(zeros([4]), 2, 2));
    }
}
