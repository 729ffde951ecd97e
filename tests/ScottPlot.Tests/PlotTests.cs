using System.Xml.Linq;
using ScottPlot.Interop;
using ScottPlot.TickGenerators;

namespace ScottPlot.Tests;

public sealed class PlotTests
{
    private static readonly Color s_red = new(200, 0, 0);
    private static readonly PixelRect s_data = new(40, 190, 120, 20);

    [Fact]
    public void GetImageBytes_Scatter_HasItsMarkersWhereTheDataIs()
    {
        var plot = Frame();
        var scatter = plot.Add.Scatter([0, 5, 10], [0, 2, 10], s_red);
        (scatter.MarkerSize, scatter.LineWidth) = (12, 0);

        using var drawing = new Drawing(plot);

        Assert.Equal(s_red, drawing[115, 100]);
        Assert.Equal(new Pixel(115, 100), plot.GetPixel(new Coordinates(5, 2)));
        // Without a line nothing is between two markers; and a marker at the edge is cut off there.
        Assert.Equal(Colors.White, drawing[78, 110]);
        Assert.NotEqual(s_red, drawing[192, 20]);
        Assert.Equal(s_red, drawing[187, 22]);
    }

    [Fact]
    public void GetImageBytes_LineOfScatter_JoinsItsPoints()
    {
        var plot = Frame();
        var scatter = plot.Add.Scatter([0, 10], [5, 5], s_red);
        (scatter.MarkerShape, scatter.LineWidth) = (MarkerShape.None, 4);

        using var solid = new Drawing(plot);
        scatter.LinePattern = LinePattern.Dashed;
        using var dashed = new Drawing(plot);

        var middle = new PixelRect(40, 190, 71, 69);
        Assert.Equal(300, solid.Count(s_red, middle), 10.0);
        Assert.Equal(300 * 10 / 18, dashed.Count(s_red, middle), 20.0);
    }

    [Theory]
    [InlineData(MarkerShape.FilledCircle, true)]
    [InlineData(MarkerShape.FilledSquare, true)]
    [InlineData(MarkerShape.FilledTriangleUp, true)]
    [InlineData(MarkerShape.FilledTriangleDown, true)]
    [InlineData(MarkerShape.FilledDiamond, true)]
    [InlineData(MarkerShape.Eks, true)]
    [InlineData(MarkerShape.Cross, true)]
    [InlineData(MarkerShape.OpenCircle, false)]
    [InlineData(MarkerShape.OpenSquare, false)]
    [InlineData(MarkerShape.OpenTriangleUp, false)]
    [InlineData(MarkerShape.OpenTriangleDown, false)]
    [InlineData(MarkerShape.OpenDiamond, false)]
    public void GetImageBytes_EveryShape_IsDrawnAndOpenOnesAreEmptyInside(MarkerShape shape, bool isFull)
    {
        var plot = Frame();
        var scatter = plot.Add.Scatter([5], [5], s_red);
        (scatter.MarkerShape, scatter.MarkerSize, scatter.MarkerLineWidth) = (shape, 20, 4);

        using var drawing = new Drawing(plot);

        Assert.Equal(isFull ? s_red : Colors.White, drawing[115, 70]);
        Assert.InRange(drawing.Count(s_red, new PixelRect(95, 135, 90, 50)), 60, 600);
    }

    [Fact]
    public void GetImageBytes_Shapes_AllDiffer()
    {
        var images = Enum.GetValues<MarkerShape>().Select(shape =>
        {
            var plot = Frame();
            var scatter = plot.Add.Scatter([5], [5], s_red);
            (scatter.MarkerShape, scatter.MarkerSize, scatter.MarkerLineWidth) = (shape, 20, 2);
            return Convert.ToBase64String(plot.GetImageBytes(200, 150, ImageFormat.Png));
        });

        Assert.Equal(Enum.GetValues<MarkerShape>().Length, images.Distinct().Count());
    }

    [Fact]
    public void GetImageBytes_ErrorBar_GoesAsFarAsItsErrors()
    {
        var plot = Frame();
        var bar = plot.Add.ErrorBar([5], [5], [0]);
        (bar.YErrorNegative, bar.YErrorPositive, bar.Color, bar.LineWidth, bar.CapSize) = ([1], [3], s_red, 2, 5);

        using var drawing = new Drawing(plot);

        Assert.Equal(s_red, drawing[115, 42]);
        Assert.Equal(s_red, drawing[115, 78]);
        Assert.Equal(Colors.White, drawing[115, 35]);
        Assert.Equal(Colors.White, drawing[115, 85]);
        Assert.Equal(s_red, drawing[118, 40]);
        Assert.Equal(Colors.White, drawing[118, 60]);
    }

    [Fact]
    public void GetImageBytes_RectangleAndLine_LieWhereTheyAreSaidTo()
    {
        var plot = Frame();
        var rectangle = plot.Add.Rectangle(1, 3, 1, 3);
        (rectangle.FillColor, rectangle.LineWidth) = (s_red, 0);
        var line = plot.Add.Line(0, 8, 10, 8);
        (line.LineColor, line.LineWidth) = (s_red.WithAlpha(0.5), 2);

        using var drawing = new Drawing(plot);

        Assert.Equal(30 * 20, drawing.Count(s_red, s_data));
        Assert.Equal(s_red, drawing[56, 109]);
        Assert.Equal(new Color(227, 127, 127), drawing[100, 40]);
    }

    [Fact]
    public void GetImageBytes_Text_StandsAtItsPlaceAsItIsAligned()
    {
        foreach (var alignment in Enum.GetValues<Alignment>())
        {
            var plot = Frame();
            var text = plot.Add.Text("HHH", 5, 5);
            (text.LabelFontSize, text.LabelFontColor, text.LabelAlignment) = (20, s_red, alignment);
            using var paint = Paint.NewDisposablePaint();
            var rect = text.LabelStyle.Measure(paint).Rect(alignment);

            using var drawing = new Drawing(plot);

            var box = new PixelRect(rect.Left + 115, rect.Right + 115, rect.Bottom + 70, rect.Top + 70);
            Assert.True(drawing.Count(s_red, box) > 100, $"{alignment}");
            Assert.Equal(drawing.Count(s_red, box), drawing.Count(s_red, s_data));
        }
    }

    [Fact]
    public void GetImageBytes_TurnedText_GoesUp()
    {
        var plot = Frame();
        var text = plot.Add.Text("HHHHH", 5, 5);
        (text.LabelFontSize, text.LabelFontColor, text.LabelRotation, text.LabelAlignment) = (16, s_red, -90, Alignment.MiddleLeft);

        using var drawing = new Drawing(plot);

        Assert.Equal(0, drawing.Count(s_red, new PixelRect(40, 190, 120, 71)));
        Assert.True(drawing.Count(s_red, new PixelRect(105, 125, 70, 20)) > 30);
    }

    [Fact]
    public void GetSvgXml_Texts_AreTextOfTheMeasuredWidth()
    {
        var plot = Frame();
        plot.Title("two & more\nlines");
        plot.XLabel("size <log>");
        plot.YLabel("accuracy");
        plot.Add.Text("here", 5, 5);
        var ticks = new NumericManual();
        ticks.AddMajor(2, "two");
        ticks.AddMinor(3);
        ticks.AddMajor(11, "outside");
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Layout.Default();

        var svg = XDocument.Parse(plot.GetSvgXml(300, 200));

        var texts = svg.Descendants().Where(element => element.Name.LocalName == "text").ToArray();
        Assert.Equal(["accuracy", "here", "lines", "size <log>", "two", "two & more"], texts.Select(text => text.Value).Order(StringComparer.Ordinal));
        using var paint = Paint.NewDisposablePaint();
        var here = Assert.Single(texts, text => text.Value == "here");
        Assert.Equal(new LabelStyle().Measure("here", paint).Width, float.Parse(here.Attribute("textLength")!.Value, null), 0.01f);
    }

    [Fact]
    public void GetImageBytes_DefaultLayout_CutsNoTextOff()
    {
        var plot = Frame();
        plot.Title("title");
        plot.XLabel("x");
        plot.YLabel("y");
        var ticks = new NumericManual();
        ticks.AddMajor(5, "a long text");
        plot.Axes.Left.TickGenerator = ticks;
        plot.Add.Scatter([5], [5], s_red).LegendText = "series";
        plot.ShowLegend(Edge.Bottom);
        plot.Layout.Default();

        using var drawing = new Drawing(plot, 400, 300);

        foreach (var edge in new[] { new PixelRect(0, 400, 2, 0), new PixelRect(0, 2, 300, 0), new PixelRect(0, 400, 300, 298), new PixelRect(398, 400, 300, 0) })
        {
            Assert.Equal((int)(edge.Width * edge.Height), drawing.Count(Colors.White, edge));
        }
    }

    [Fact]
    public void GetSvgXml_LegendBesideTheData_LiesOutsideOfIt()
    {
        foreach (var edge in Enum.GetValues<Edge>())
        {
            var plot = Frame();
            plot.Add.Scatter([5], [5], s_red).LegendText = "first";
            plot.Add.Scatter([6], [6], s_red).LegendText = "second";
            plot.Add.Scatter([7], [7], s_red);
            plot.ShowLegend(edge);
            plot.Layout.Default();

            var texts = XDocument.Parse(plot.GetSvgXml(400, 300)).Descendants().Where(element => element.Name.LocalName == "text").ToArray();

            Assert.Equal(["first", "second"], texts.Select(text => text.Value));
            var (low, high) = (plot.GetPixel(new Coordinates(0, 0)), plot.GetPixel(new Coordinates(10, 10)));
            var (x, y) = (float.Parse(texts[0].Attribute("x")!.Value, null), float.Parse(texts[0].Attribute("y")!.Value, null));
            Assert.False(x > low.X && x < high.X && y < low.Y && y > high.Y, $"{edge}: {x}, {y}");
        }
    }

    [Fact]
    public void SavePngAndSvg_File_HasTheContent()
    {
        var folder = Directory.CreateTempSubdirectory("scottplot-").FullName;
        var plot = Frame();

        var png = plot.SavePng(Path.Combine(folder, "a.png"), 200, 150);
        var svg = plot.SaveSvg(Path.Combine(folder, "a.svg"), 200, 150);

        Assert.Equal(plot.GetImageBytes(200, 150, ImageFormat.Png), File.ReadAllBytes(png.Path));
        Assert.Equal(plot.GetSvgXml(200, 150), File.ReadAllText(svg.Path));
        Assert.Equal(new FileInfo(svg.Path).Length, svg.FileSize);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void GetImageBytes_WhatCannotBe_IsRefused()
    {
        Assert.Throws<InvalidOperationException>(() => new Plot().GetImageBytes(10, 10, ImageFormat.Png));
        Assert.Throws<InvalidOperationException>(() => new Plot().GetPixel(new Coordinates(0, 0)));
        Assert.Throws<InvalidOperationException>(() => Frame().GetImageBytes(45, 150, ImageFormat.Png));
        Assert.Throws<NotSupportedException>(() => Frame().GetImageBytes(200, 150));
        Assert.Throws<ArgumentOutOfRangeException>(() => Frame().GetImageBytes(0, 150, ImageFormat.Png));
        Assert.Throws<ArgumentOutOfRangeException>(() => Frame().GetSvgXml(200, 40_000));
        Assert.Throws<ArgumentException>(() => Frame().Axes.SetLimits(0, double.NaN, 0, 1));
        Assert.Throws<ArgumentException>(() => Frame().Axes.SetLimits(0, 1, 2, 2));
        Assert.Throws<ArgumentException>(() => Frame().Add.Scatter([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Frame().Add.ErrorBar([1], [1], []));
        Assert.Throws<ArgumentException>(() => Color.FromHex("#12345"));
    }

    [Fact]
    public void Open_NoLibrary_SaysWhatToInstall()
    {
        var exception = Assert.Throws<NotSupportedException>(() => LibCairo.Open(["libnothing.so.9"]));

        Assert.Contains("libnothing.so.9", exception.Message, StringComparison.Ordinal);
        Assert.Contains("apt-get install libcairo2 fonts-dejavu-core", exception.Message, StringComparison.Ordinal);
    }

    // Data area: x 40 to 190, y 120 up to 20, for 0 to 10 each.
    private static Plot Frame()
    {
        var plot = new Plot();
        plot.Layout.Fixed(new PixelPadding(40, 10, 30, 20));
        plot.Axes.SetLimits(0, 10, 0, 10);
        return plot;
    }
}
