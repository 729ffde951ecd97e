using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline.Sweeps;

/// <summary>What a sweep cost so far, each training once; runs that failed are not in it.</summary>
public sealed record SweepCost : IRecord
{
    /// <summary>All of it.</summary>
    public required CostRecord Total { get; init; }

    /// <summary>Device-hours of the teachers that were trained here, at least 0.</summary>
    public required double TeacherHours { get; init; }

    /// <summary>Device-hours of the teachers' stored answers, at least 0.</summary>
    public required double SoftTargetHours { get; init; }

    /// <summary>Device-hours of the baselines, at least 0.</summary>
    public required double BaselineHours { get; init; }

    /// <summary>Device-hours of the students, at least 0.</summary>
    public required double StudentHours { get; init; }

    /// <summary>
    /// Device-hours that the same runs would have cost more if each had trained teachers, stored answers and a baseline of its
    /// own; at least 0.
    /// </summary>
    public required double SavedHours { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Inside("total", Total);
        faults.NotNegative(TeacherHours, "teacherHours");
        faults.NotNegative(SoftTargetHours, "softTargetHours");
        faults.NotNegative(BaselineHours, "baselineHours");
        faults.NotNegative(StudentHours, "studentHours");
        faults.NotNegative(SavedHours, "savedHours");
    }
}
