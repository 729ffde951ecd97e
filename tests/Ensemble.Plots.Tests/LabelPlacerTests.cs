namespace Ensemble.Plots.Tests;

public sealed class LabelPlacerTests
{
    private static readonly LabelBox s_area = new("", 0, 0, 400, 300);

    [Fact]
    public void Place_OneText_StandsStraightAboveItsPoint()
    {
        var placed = Assert.Single(new LabelPlacer(s_area).Place([new LabelWish("a", 60, 20, (200, 150), 8)]));

        Assert.Equal(new LabelBox("a", 170, 118, 230, 138), placed.Box);
        Assert.Null(placed.Tie);
    }

    [Fact]
    public void Place_PointsThatCrowd_NoTextCoversAnotherAndNoTieRunsThroughOne()
    {
        LabelWish[] wishes = [.. new[] { (180, 150), (205, 147), (216, 140), (240, 138) }.Select((point, index) => new LabelWish($"{index}", 130, 18, point, 8))];

        var placed = PlaceBesideMarkers(wishes);

        Assert.DoesNotContain(placed, label => label.Box is null);
        foreach (var (one, other) in placed.SelectMany(one => placed.Where(other => other != one).Select(other => (one, other))))
        {
            Assert.False(one.Box!.Overlaps(other.Box!), $"{one.Box} covers {other.Box}");
            Assert.False(one.Tie?.Crosses(other.Box!) == true, $"the tie of {one.Box} strikes {other.Box}");
        }

        Assert.Equal(placed, PlaceBesideMarkers(wishes));
    }

    [Fact]
    public void Place_RoomForOne_LeavesOutTheOther()
    {
        var placed = new LabelPlacer(new LabelBox("", 0, 0, 100, 30)).Place([new LabelWish("one", 90, 18, (50, 28), 2), new LabelWish("other", 90, 18, (50, 28), 2)]);

        Assert.Single(placed, label => label.Box is not null);
    }

    [Fact]
    public void Place_NoTexts_IsNothing() => Assert.Empty(new LabelPlacer(s_area).Place([]));

    [Theory]
    [InlineData(0, 15, 100, 15, true)]
    [InlineData(0, 0, 100, 30, true)]
    [InlineData(0, 5, 100, 5, false)]
    [InlineData(0, 15, 35, 15, false)]
    [InlineData(50, 0, 50, 9, false)]
    public void Crosses_LineAndBox_IsWhetherTheyMeet(double fromX, double fromY, double toX, double toY, bool isCrossing) =>
        Assert.Equal(isCrossing, new LabelTie((fromX, fromY), (toX, toY)).Crosses(new LabelBox("", 40, 10, 60, 20)));

    private static IReadOnlyList<PlacedLabel> PlaceBesideMarkers(LabelWish[] wishes)
    {
        var placer = new LabelPlacer(s_area);
        foreach (var wish in wishes)
        {
            placer.Keep(new LabelBox("", wish.Point.X - wish.Radius, wish.Point.Y - wish.Radius, wish.Point.X + wish.Radius, wish.Point.Y + wish.Radius));
        }

        return placer.Place(wishes);
    }
}
