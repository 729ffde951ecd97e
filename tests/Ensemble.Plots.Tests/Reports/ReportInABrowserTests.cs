using System.Globalization;
using Ensemble.Plots.Reports;
using Microsoft.Playwright;

namespace Ensemble.Plots.Tests.Reports;

/// <summary>The page as a reader meets it: opened from the disk, without a network.</summary>
public sealed class ReportInABrowserTests(HeadlessChromium chromium) : IClassFixture<HeadlessChromium>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ensemble-report-tests-").FullName;
    private readonly List<string> _faults = [];
    private readonly List<string> _requests = [];

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Open_FromDisk_HasNoErrorsAndFetchesNothing()
    {
        await using var context = await Context(1200);
        var page = await Open(context);

        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        Assert.Empty(_faults);
        Assert.All(_requests, request => Assert.True(request.StartsWith("data:", StringComparison.Ordinal) || request == PagePath, request));
        Assert.True(await page.EvaluateAsync<bool>("Array.from(document.images).every(image => image.complete && image.naturalWidth > 0)"));
    }

    [Fact]
    public async Task Sort_ByAClickAndByTheKeyboard_OrdersTheRows()
    {
        await using var context = await Context(1200);
        var page = await Open(context);
        var heading = page.Locator("#models th", new PageLocatorOptions { HasText = "errors" }).First;
        async Task<double[]> Errors() => [.. (await page.Locator("#models tbody tr td:nth-child(9)").EvaluateAllAsync<string[]>("cells => cells.map(cell => cell.dataset.value)")).Select(text => double.Parse(text, CultureInfo.InvariantCulture))];
        var unsorted = await Errors();

        await heading.Locator("button").ClickAsync();
        var ascending = (Values: await Errors(), State: await heading.GetAttributeAsync("aria-sort"));
        await heading.Locator("button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var descending = (Values: await Errors(), State: await heading.GetAttributeAsync("aria-sort"));
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Space");

        Assert.NotEqual(unsorted.Order(), unsorted);
        Assert.Equal(unsorted.Order(), ascending.Values);
        Assert.Equal(unsorted.OrderDescending(), descending.Values);
        Assert.Equal(("ascending", "descending"), (ascending.State, descending.State));
        Assert.Equal("none", await heading.GetAttributeAsync("aria-sort"));
        Assert.Equal(1, await page.Locator("#models th[aria-sort=ascending]", new PageLocatorOptions { HasText = "agree" }).CountAsync());
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Sort_MissingValues_StayLast()
    {
        await using var context = await Context(1200);
        var page = await Open(context);
        var button = page.Locator("#models th", new PageLocatorOptions { HasText = "gain kept" }).First.Locator("button");

        foreach (var _ in new[] { "ascending", "descending" })
        {
            await button.ClickAsync();
            Assert.Equal("student", await page.Locator("#models tbody tr").First.Locator("th").TextContentAsync());
        }
    }

    [Fact]
    public async Task Points_UnderMouseAndKeyboard_TellTheirValues()
    {
        await using var context = await Context(1200);
        var page = await Open(context);
        var (points, tip) = (page.Locator("#figures g.points").First.Locator("circle"), page.Locator("#tip"));
        var labels = await points.EvaluateAllAsync<string[]>("points => points.map(point => point.getAttribute('aria-label'))");
        Assert.False(await tip.IsVisibleAsync());

        // Scrolling hides the tooltip: it is over before the mouse moves.
        await points.Nth(1).ScrollIntoViewIfNeededAsync();
        await page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await points.Nth(1).HoverAsync();
        await tip.WaitForAsync();
        var hovered = (await tip.IsVisibleAsync(), await tip.TextContentAsync());
        await page.Mouse.MoveAsync(2, 2);
        var left = await tip.IsVisibleAsync();
        await points.Nth(0).FocusAsync();
        var focused = await tip.TextContentAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        var moved = (await tip.IsVisibleAsync(), await tip.TextContentAsync());
        await page.Keyboard.PressAsync("Escape");

        Assert.Contains(labels, label => label.Contains("student distilled", StringComparison.Ordinal) && label.Contains("86.95%", StringComparison.Ordinal));
        Assert.Equal((true, labels[1]), hovered);
        Assert.False(left);
        Assert.Equal(labels[0], focused);
        Assert.Equal((true, labels[1]), moved);
        Assert.False(await tip.IsVisibleAsync());
        Assert.Empty(_faults);
    }

    [Fact]
    public async Task Points_OfAFigure_LieWhereItsMarkersAre()
    {
        await using var context = await Context(1200);
        var page = await Open(context);

        // The student's marker is the one filled circle of the figure's own drawing.
        var distance = await page.EvaluateAsync<double>("""
            () => {
              const svg = document.querySelector('#figures svg');
              const point = Array.from(svg.querySelectorAll('g.points circle')).find(each => each.getAttribute('aria-label').includes('student distilled'));
              const markers = Array.from(svg.querySelectorAll('circle')).filter(each => each.getAttribute('fill') === '#0072b2');
              return Math.min(...markers.map(marker => Math.hypot(marker.getAttribute('cx') - point.getAttribute('cx'), marker.getAttribute('cy') - point.getAttribute('cy'))));
            }
            """);

        Assert.SkipWhen(double.IsInfinity(distance), "this stack draws markers otherwise");
        Assert.InRange(distance, 0, 1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(1200)]
    public async Task Layout_AtAWidth_DoesNotLeaveThePage(int width)
    {
        await using var context = await Context(width);
        var page = await Open(context);

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= width);
    }

    [Fact]
    public async Task Scheme_DarkAndLight_TurnsPageAndFiguresRound()
    {
        async Task<double[]> Shades(ColorScheme scheme)
        {
            await using var context = await Context(1200, scheme);
            var page = await Open(context);
            return await page.EvaluateAsync<double[]>("""
                () => ['body', '#figures svg .paper', '#figures svg text'].map((selector, index) => {
                  const style = getComputedStyle(document.querySelector(selector));
                  const [red, green, blue] = (index === 0 ? style.backgroundColor : style.fill).match(/\d+/g).map(Number);
                  return (red + green + blue) / 3;
                })
                """);
        }

        var (light, dark) = (await Shades(ColorScheme.Light), await Shades(ColorScheme.Dark));

        Assert.True(light[0] > 200 && light[1] > 200 && light[2] < 80, string.Join(' ', light));
        Assert.True(dark[0] < 80 && dark[1] < 80 && dark[2] > 200, string.Join(' ', dark));
    }

    [Fact]
    public async Task Switch_ByTheKeyboard_ShowsTheOtherFigure()
    {
        await using var context = await Context(1200);
        var page = await Open(context);
        var panels = page.Locator("#figures fieldset").First.Locator(".panel");

        await page.Locator("#size-0").FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");

        Assert.Equal((false, true), (await panels.Nth(0).IsVisibleAsync(), await panels.Nth(1).IsVisibleAsync()));
    }

    private string PagePath => new Uri(Path.Combine(_folder, "report.html")).AbsoluteUri;

    private Task<IBrowserContext> Context(int width, ColorScheme scheme = ColorScheme.Light) => chromium.Browser.NewContextAsync(new BrowserNewContextOptions
    {
        Offline = true,
        ColorScheme = scheme,
        ViewportSize = new ViewportSize { Width = width, Height = 900 },
    });

    private async Task<IPage> Open(IBrowserContext context)
    {
        HtmlReport.Write(SampleReport.Source(SampleReport.Run()), Path.Combine(_folder, "report.html"));
        var page = await context.NewPageAsync();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") _faults.Add(message.Text);
        };
        page.PageError += (_, fault) => _faults.Add(fault);
        page.RequestFailed += (_, request) => _faults.Add($"failed: {request.Url}");
        page.Request += (_, request) => _requests.Add(request.Url);
        await page.GotoAsync(PagePath);
        return page;
    }
}
