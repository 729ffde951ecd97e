using System.Security.Cryptography;
using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class ImageDatasetTests
{
    private static readonly ImageShape Shape = new(1, 2, 2);

    [Fact]
    public void Constructor_WrongPixelCount_IsRefused() => Assert.Throws<ArgumentException>(
        "pixels", () => new ImageDataset(Shape, new byte[7], new[] { 0, 1 }, ["a", "b"], "test"));

    [Theory]
    [InlineData(-1)]
    [InlineData(2)]
    public void Constructor_LabelOutOfRange_IsRefused(int label)
    {
        var exception = Assert.Throws<ArgumentException>(
            "labels", () => new ImageDataset(Shape, new byte[8], new[] { 0, label }, ["a", "b"], "test"));

        Assert.Contains($"label 1 is {label}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_NoImagesOrNoClasses_IsRefused()
    {
        Assert.Throws<ArgumentException>("labels", () => new ImageDataset(Shape, default, default, ["a"], "test"));
        Assert.Throws<ArgumentException>(
            "classNames", () => new ImageDataset(Shape, new byte[4], new[] { 0 }, [], "test"));
    }

    [Fact]
    public void Image_ByIndex_IsItsPixels()
    {
        var dataset = TestImages.Counting(3);

        Assert.Equal([4, 5, 6, 7], dataset.Image(1).ToArray());
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Image(3).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => dataset.Image(-1).Length);
    }

    [Fact]
    public void Join_OtherShapesOrClassesOrNone_IsRefused()
    {
        var images = TestImages.Counting(2);

        Assert.Equal(images.Checksum, ImageDataset.Join([images]).Checksum);
        Assert.Throws<ArgumentException>(() => ImageDataset.Join([]));
        Assert.Throws<ArgumentException>(() => ImageDataset.Join([images, TestImages.Counting(2, side: 3)]));
        Assert.Throws<ArgumentException>(() => ImageDataset.Join([images, TestImages.Counting(2, classCount: 3)]));
    }

    [Fact]
    public void Subset_IndicesInAnyOrder_HoldsTheseImages()
    {
        var subset = TestImages.Counting(4).Subset([3, 0, 3]);

        Assert.Equal([12, 13, 14, 15, 0, 1, 2, 3, 12, 13, 14, 15], subset.Pixels.ToArray());
        Assert.Equal([1, 0, 1], subset.Labels.ToArray());
        Assert.Equal(["class 0", "class 1"], subset.ClassNames);
    }

    [Fact]
    public void Subset_NoneOrOutOfRange_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => TestImages.Counting(4).Subset([]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TestImages.Counting(4).Subset([4]));
    }

    [Fact]
    public void InClasses_MoreOfThemInAnotherOrder_KeepsNamesAndPixels()
    {
        var images = TestImages.Counting(3);

        var among = images.InClasses(["other", "class 1", "class 0"]);

        Assert.Equal([2, 1, 2], among.Labels.ToArray());
        Assert.Equal([0, 1, 2], among.CountPerClass());
        Assert.Equal(images.Pixels.ToArray(), among.Pixels.ToArray());
        Assert.Equal(images.Source, among.Source);
    }

    [Fact]
    public void InClasses_WithoutOneOfItsOwnOrOneTwice_IsRefused()
    {
        var exception = Assert.Throws<ArgumentException>("classNames", () => TestImages.Counting(3).InClasses(["class 0", "other"]));

        Assert.Contains("'class 1'", exception.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>("classNames", () => TestImages.Counting(3).InClasses(["class 0", "class 1", "class 1"]));
    }

    [Fact]
    public void CountPerClass_OfFive_CountsEach() => Assert.Equal([3, 2], TestImages.Counting(5).CountPerClass());

    [Fact]
    public void Checksum_OfTwoImages_IsOverShapePixelsAndLabels()
    {
        byte[] content =
        [
            2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0,
            0, 1, 2, 3, 4, 5, 6, 7,
            0, 0, 0, 0, 1, 0, 0, 0,
        ];

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), TestImages.Counting(2).Checksum);
    }

    [Fact]
    public void Checksum_SameBytesOtherShape_Differs()
    {
        var wide = new ImageDataset(new(1, 1, 4), new byte[4], new[] { 0 }, ["a"], "test");
        var square = new ImageDataset(Shape, new byte[4], new[] { 0 }, ["a"], "test");

        Assert.NotEqual(wide.Checksum, square.Checksum);
    }
}
