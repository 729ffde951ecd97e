using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Ensemble.Plots.Reports;
using Ensemble.Runs;

namespace Ensemble.Plots.Tests.Reports;

public sealed class HtmlReportTests
{
    private static readonly Lazy<string> s_one = new(() => HtmlReport.Build(SampleReport.Source(SampleReport.Run())));
    private static readonly Lazy<string> s_sweep = new(() => HtmlReport.Build(SampleReport.Source(SampleReport.Sweep())));

    [Fact]
    public void Build_OneRun_TableHasTheNumbersOfTheResults()
    {
        var results = Results.Quickstart()[0].Results;

        var rows = Rows(s_one.Value, "Every model on the test images");

        Assert.Equal(results.Models.Count, rows.Count);
        foreach (var (model, row) in results.Models.Zip(rows))
        {
            Assert.Equal([model.Name, model.Architecture], row.Select(cell => cell.Text).Take(2));
            double?[] expected =
            [
                100 * model.Accuracy, 100 * model.GainKept, model.Parameters, model.MultiplyAdds, model.Bytes / 1000.0, model.Latency?.Batch1Milliseconds, model.Errors, 100 * model.Agreement,
                model.Nll, 100 * model.Ece, model.KlToEnsemble, model.TrainSeconds,
            ];
            Assert.Equal(expected, row.Skip(2).Select(cell => cell.Value));
            Assert.StartsWith((100 * model.Accuracy).ToString("0.00", CultureInfo.InvariantCulture), row[2].Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Build_SeedsOfARecipe_AreOneLineOfMeansWithTheirSpread()
    {
        var page = HtmlReport.Build(SampleReport.Source(SampleReport.Run(1), SampleReport.Run(2), SampleReport.Run(3)));

        var student = Assert.Single(Rows(page, "Models, by recipe"), row => row[0].Text == "student distilled");
        double[] accuracies = [.. Results.Quickstart().Select(run => 100 * run.Results.Models.Single(model => model.Role == ModelRole.Student).Accuracy)];
        var deviation = Math.Sqrt(accuracies.Sum(value => Math.Pow(value - accuracies.Average(), 2)) / 2);
        Assert.Equal(3, student[2].Value);
        Assert.Equal(accuracies.Average(), student[3].Value!.Value, 9);
        Assert.EndsWith($"± {deviation.ToString("0.00", CultureInfo.InvariantCulture)}", student[3].Text, StringComparison.Ordinal);
        Assert.Contains("over 3 seeds", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NamesThatAreMarkup_StandAsText()
    {
        Assert.DoesNotContain("<script>alert", s_one.Value, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", s_one.Value, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;\"&amp;'&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;", s_one.Value, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(s_one.Value, "<script>"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Build_Ids_AreUniqueAndWhatRefersToOneFindsIt(bool isSweep)
    {
        var page = isSweep ? s_sweep.Value : s_one.Value;

        var ids = Regex.Matches(page, " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains(ids, id => id.StartsWith("figure", StringComparison.Ordinal));
        var references = Regex.Matches(page, "url\\(#([^)]+)\\)|href=\"#([^\"]+)\"|for=\"([^\"]+)\"|aria-labelledby=\"([^\"]+)\"").Select(match => match.Groups.Values.Skip(1).First(group => group.Success).Value);
        Assert.All(references, reference => Assert.Contains(reference, ids));
    }

    [Fact]
    public void Build_Page_FetchesNothing()
    {
        var addresses = Regex.Matches(s_one.Value, " (?:src|href|action|data|poster|srcset)=\"([^\"]*)\"").Select(match => match.Groups[1].Value).ToArray();

        Assert.Contains(addresses, address => address.StartsWith("data:image/png;base64,", StringComparison.Ordinal));
        Assert.All(addresses, address => Assert.Matches("^(#|data:image/png;base64,)", address));
        Assert.DoesNotContain("@import", s_one.Value, StringComparison.Ordinal);
        Assert.DoesNotMatch("url\\((?!#)", s_one.Value);
        Assert.DoesNotContain("<link", s_one.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_Headings_GoDownALevelAtATime()
    {
        var levels = Regex.Matches(s_one.Value, "<h([1-6])").Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(1, levels[0]);
        Assert.Equal(1, levels.Count(level => level == 1));
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1, $"h{pair.First} before h{pair.Second}"));
    }

    [Fact]
    public void Build_RunWithoutAnswers_SaysWhatIsMissingAndShowsTheRest()
    {
        var run = SampleReport.Run() with { OpenAnswers = () => AnswersFile.Read("/no/such/answers.bin"), Curves = [] };

        var page = HtmlReport.Build(SampleReport.Source(run));

        Assert.Contains("found no such file", page, StringComparison.Ordinal);
        Assert.Contains("./ensemble run stage runs/seed-1 evaluation", page, StringComparison.Ordinal);
        Assert.Contains("no metrics.jsonl", page, StringComparison.Ordinal);
        Assert.Equal(6, Rows(page, "Every model on the test images").Count);
        Assert.Equal(10, Rows(page, "Accuracy on the test images of each class, %").Count);
    }

    [Fact]
    public void Build_MedianRunWithoutAnswers_SaysThatAnotherIsShown()
    {
        var runs = Enumerable.Range(1, 3).Select(SampleReport.Run).OrderBy(run => run.Results.Models[^1].Accuracy).ToArray();
        var whole = HtmlReport.Build(SampleReport.Source(runs));
        runs[1] = runs[1] with { OpenAnswers = () => AnswersFile.Read("/no/such/answers.bin") };

        var page = HtmlReport.Build(SampleReport.Source(runs));

        Assert.Contains($"Of the run {runs[1].Name}, whose student's accuracy is the median of the 3 runs.", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("is the median of", page, StringComparison.Ordinal);
        Assert.Contains($"(without answers: {runs[1].Name})", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_AnswersOfOtherWeights_AreNotShown()
    {
        var other = SampleReport.Answers(Results.Quickstart()[1].Results with { Recipe = new string('f', 64) });

        var page = HtmlReport.Build(SampleReport.Source(SampleReport.Run() with { OpenAnswers = () => other }));

        Assert.Contains("found those of others", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data:image/png", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_NetworkTrainedAlone_HasNoWordOfTeachers()
    {
        var plotted = Results.Quickstart()[0];
        var alone = plotted.Results.Models.Single(model => model.Role == ModelRole.Baseline) with { Agreement = null, KlToEnsemble = null };
        var run = SampleReport.Of(plotted with { Results = plotted.Results with { Models = [alone], EnsembleCurve = null } }, "alone") with { Teachers = null, OpenAnswers = () => AnswersFile.Read("/no/such") };

        var page = HtmlReport.Build(SampleReport.Source(run));

        Assert.Contains($"{alone.Architecture} trained alone", page, StringComparison.Ordinal);
        Assert.DoesNotContain("What each further teacher brings", page, StringComparison.Ordinal);
        Assert.Single(Rows(page, "Every model on the test images"));
    }

    [Fact]
    public void Build_Sweep_HasTemperaturesAndNamesWhatIsUnfinished()
    {
        var page = HtmlReport.Build(SampleReport.Source(SampleReport.Sweep()) with { Unfinished = ["cell-36"] });

        Assert.Contains("The distilled student's error against the temperature", page, StringComparison.Ordinal);
        Assert.Contains("not in here: cell-36", page, StringComparison.Ordinal);
        Assert.Contains("of 12 students", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Build_Pages_AreSmall()
    {
        Assert.InRange(s_one.Value.Length, 10_000, 600_000);
        Assert.InRange(s_sweep.Value.Length, 10_000, 1_000_000);
    }

    [Fact]
    public void Build_NoRuns_IsRefused() => Assert.Throws<ArgumentException>(() => HtmlReport.Build(SampleReport.Source()));

    // The rows of a table, by its caption.
    private static IReadOnlyList<(string Text, double? Value)[]> Rows(string page, string caption)
    {
        var start = page.IndexOf($"<caption>{caption}</caption>", StringComparison.Ordinal);
        Assert.True(start >= 0, caption);
        var body = page[page.IndexOf("<tbody>", start, StringComparison.Ordinal)..page.IndexOf("</tbody>", start, StringComparison.Ordinal)];
        return [.. Regex.Matches(body, "<tr[^>]*>(.*?)</tr>", RegexOptions.Singleline).Select(row => Regex.Matches(row.Groups[1].Value, "<t[hd]([^>]*)>(.*?)</t[hd]>", RegexOptions.Singleline)
            .Select(cell => (WebUtility.HtmlDecode(Regex.Replace(cell.Groups[2].Value, "<[^>]*>", "")), Number(cell.Groups[1].Value))).ToArray())];
    }

    private static double? Number(string attributes) =>
        Regex.Match(attributes, "data-value=\"([^\"]+)\"") is { Success: true } match ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;
}
