namespace Ensemble.Training;

/// <summary>The learning rate of each step.</summary>
internal static class LearningRateCurve
{
    private const double OneCycleStart = 1.0 / 25;
    private const double OneCycleEnd = OneCycleStart / 1e4;

    /// <summary>The share of the peak learning rate at a step.</summary>
    /// <param name="schedule">How the rate moves.</param>
    /// <param name="warmupShare">The share of the run in which it rises, 0 to below 1.</param>
    /// <param name="step">The step, from 0.</param>
    /// <param name="totalSteps">Steps in the whole run, at least 1.</param>
    public static double ShareAt(LearningRateSchedule schedule, double warmupShare, long step, long totalSteps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(totalSteps, 1);
        return schedule == LearningRateSchedule.OneCycle
            ? OneCycle(warmupShare, step, totalSteps)
            : AfterWarmup(schedule, warmupShare, step, totalSteps);
    }

    private static double AfterWarmup(LearningRateSchedule schedule, double warmupShare, long step, long totalSteps)
    {
        var warmupSteps = warmupShare * totalSteps;
        if (step + 1 < warmupSteps)
        {
            return (step + 1) / warmupSteps;
        }

        var progress = Math.Clamp((step - warmupSteps) / Math.Max(1, totalSteps - warmupSteps), 0, 1);
        return schedule switch
        {
            LearningRateSchedule.Cosine => 0.5 * (1 + Math.Cos(Math.PI * progress)),
            LearningRateSchedule.Linear => 1 - progress,
            LearningRateSchedule.Step => Math.Pow(0.1, StepsTaken((double)step / totalSteps)),
            _ => 1,
        };
    }

    // The peak is at the step warmupShare * totalSteps - 1, the end at the last step, as in PyTorch.
    private static double OneCycle(double warmupShare, long step, long totalSteps)
    {
        var peak = (warmupShare * totalSteps) - 1;
        if (step <= peak)
        {
            return Anneal(OneCycleStart, 1, peak > 0 ? step / peak : 1);
        }

        var last = Math.Max(totalSteps - 1, 1);
        return Anneal(1, OneCycleEnd, (step - peak) / (last - peak));
    }

    private static double Anneal(double from, double to, double progress) =>
        to + ((from - to) * 0.5 * (1 + Math.Cos(Math.PI * Math.Clamp(progress, 0, 1))));

    private static int StepsTaken(double progress) => (progress >= 0.625 ? 1 : 0) + (progress >= 0.75 ? 1 : 0) + (progress >= 0.875 ? 1 : 0);
}
