using Ensemble.Pipeline;

namespace Ensemble.Tests.Pipeline;

public sealed class ViewTimerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("view-timer-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Report_ThenNote_CountsEachSecondOnce()
    {
        var timer = new ViewTimer(_folder);
        Thread.Sleep(50);

        timer.Report(0);
        var reported = StageTimer.Read(_folder);
        timer.Note();

        Assert.InRange(reported, 0.05, timer.Seconds);
        Assert.InRange(StageTimer.Read(_folder), reported, timer.Seconds);
    }

    [Fact]
    public void Report_AfterAnEarlierAttempt_AddsToItsSeconds()
    {
        StageTimer.Add(_folder, 1000);

        new ViewTimer(_folder).Report(0);

        Assert.InRange(StageTimer.Read(_folder), 1000, 1100);
    }
}
