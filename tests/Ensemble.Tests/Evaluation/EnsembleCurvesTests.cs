using Ensemble.Data;
using Ensemble.Evaluation;
using Ensemble.Runs;
using Ensemble.Teachers;
using Ensemble.Tests.Data;
using Ensemble.Tests.Oracle;
using Ensemble.Tests.Runs;
using TorchSharp;
using TorchSharp.Tests;

namespace Ensemble.Tests.Evaluation;

[Collection(TensorTests.Name)]
public sealed class EnsembleCurvesTests
{
    // Four images of two classes, labels 0, 1, 0, 1.
    private static readonly ImageDataset s_split = TestImages.Counting(4);

    // Margins of class 0 for each image: the first two members miss one image each, another one; the third misses two.
    private static readonly SplitLogits[] s_members = [Of(2, -2, 2, 1), Of(-1, -2, 2, -2), Of(2, 2, -2, -1)];

    [Fact]
    public void Measure_ThreeMembersWorkedByHand_GivesEverySize()
    {
        var curve = EnsembleCurves.Measure(s_members, s_split, Averaging.Geometric);

        Assert.Equal([0.75, 0.75, 0.5], curve.MemberAccuracies);
        Assert.Equal([1, 2, 3], curve.Points.Select(point => point.Size));
        Assert.Equal([3, 3, 1], curve.Points.Select(point => point.Subsets));
        Assert.All(curve.Points, point => Assert.True(point.AllSubsets));
        // Pairs: sums of margins (1, -4, 4, -1): all right; (4, 0, 0, 0): ties fall to class 0, images 0 and 2; (1, 0, 0, -3): 0, 2, 3.
        Assert.Equal([0.75, 1, 1], curve.Points.Select(point => point.InOrderAccuracy));
        Assert.Equal((1 + 0.5 + 0.75) / 3, curve.Points[1].MeanAccuracy, 1e-12);
        Assert.Equal((0.5, 1.0), (curve.Points[1].MinimumAccuracy, curve.Points[1].MaximumAccuracy));
        // Members 0 and 1 differ on images 0 and 3; 0 and 2 on 1, 2, 3; 1 and 2 on 0, 1, 2.
        Assert.Equal([0, 0.5, 0.75], curve.Disagreement[0]);
        Assert.Equal([0.75, 0.75, 0], curve.Disagreement[2]);
        Assert.Equal(2 / 3.0, curve.MeanDisagreement!.Value, 1e-12);
        Assert.Null(curve.FindFault());
    }

    [Theory]
    [InlineData(Averaging.Arithmetic)]
    [InlineData(Averaging.Geometric)]
    public void Measure_WholeEnsemble_IsTheEvaluators(Averaging averaging)
    {
        var whole = Evaluator.Measure(Evaluator.Average(s_members, averaging), s_split);

        var last = EnsembleCurves.Measure(s_members, s_split, averaging).Points[^1];

        Assert.Equal((whole.Accuracy, whole.Nll), (last.InOrderAccuracy, last.InOrderNll));
        Assert.Equal((whole.Accuracy, whole.Nll), (last.MeanAccuracy, last.MeanNll));
    }

    [Fact]
    public void Measure_Fitted_CountsAsArithmetic() => Assert.Equal(
        EnsembleCurves.Measure(s_members, s_split, Averaging.Arithmetic).Points, EnsembleCurves.Measure(s_members, s_split, Averaging.Fitted).Points);

    [Fact]
    public void Measure_ManyMembers_DrawsTheSameDifferentSubsets()
    {
        SplitLogits[] members = [.. Enumerable.Range(0, 7).Select(member => new SplitLogits(HashedValues.Symmetric(member, 8, 3), 2))];

        var first = EnsembleCurves.Measure(members, s_split, Averaging.Arithmetic, maximumSubsets: 10);
        var again = EnsembleCurves.Measure(members, s_split, Averaging.Arithmetic, maximumSubsets: 10);

        Assert.Equal([7, 10, 10, 10, 10, 7, 1], first.Points.Select(point => point.Subsets));
        Assert.Equal([true, false, false, false, false, true, true], first.Points.Select(point => point.AllSubsets));
        Assert.Equal(first.Points, again.Points);
        var all = EnsembleCurves.Measure(members, s_split, Averaging.Arithmetic, maximumSubsets: 1000);
        Assert.Equal([7, 21, 35, 35, 21, 7, 1], all.Points.Select(point => point.Subsets));
        Assert.Equal(first.Points.Select(point => point.InOrderNll), all.Points.Select(point => point.InOrderNll));
    }

    [Fact]
    public void Measure_OneMember_HasNoPairs()
    {
        var curve = EnsembleCurves.Measure([s_members[0]], s_split, Averaging.Arithmetic);

        Assert.Null(curve.MeanDisagreement);
        Assert.Equal(curve.MemberAccuracies[0], Assert.Single(curve.Points).MeanAccuracy);
        Assert.Throws<ArgumentException>(() => EnsembleCurves.Measure([], s_split, Averaging.Arithmetic));
    }

    [Fact]
    public void Measure_Always_LeavesNoTensor()
    {
        var before = LiveTensors.Count();

        EnsembleCurves.Measure(s_members, s_split, Averaging.Arithmetic);

        Assert.Equal(before, torch.Tensor.TotalCount);
    }

    [Fact]
    public void ResultsFile_WithACurve_ComesBackAndRefusesFaults()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.FullPath, "results.json");
        var curve = EnsembleCurves.Measure(s_members, s_split, Averaging.Arithmetic);

        (Samples.Results with { EnsembleCurve = curve }).Write(path);

        Assert.Equal(curve.Points, ResultsFile.Read(path).EnsembleCurve!.Points);
        Assert.Equal(curve.Disagreement, ResultsFile.Read(path).EnsembleCurve!.Disagreement);
        foreach (var fault in new[]
        {
            curve with { Points = [.. curve.Points.Skip(1)] },
            curve with { MemberAccuracies = [2, 0, 0] },
            curve with { Disagreement = [[0, 0, 0]] },
            curve with { Points = [.. curve.Points.Select(point => point with { MeanNll = -1 })] },
            curve with { MemberAccuracies = [] },
        })
        {
            var refused = Assert.Throws<ArgumentException>(() => (Samples.Results with { EnsembleCurve = fault }).Write(path));
            Assert.Contains("ensembleCurve", refused.Message, StringComparison.Ordinal);
        }
    }

    private static SplitLogits Of(params float[] margins) => new(margins.SelectMany(margin => new[] { margin, 0f }).ToArray(), 2);
}
