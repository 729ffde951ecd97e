using Ensemble.Measurement;
using Ensemble.Runs;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>An ensemble.json: the teachers of a sweep and their ensemble, measured once for all of its runs.</summary>
internal sealed record EnsembleRecord : IRecord
{
    /// <summary>The hash of what was measured: the teachers, the images, the averaging, the kind of device.</summary>
    public required string Key { get; init; }

    /// <summary>The SHA-256 of answers.safetensors.</summary>
    public required string AnswersSha256 { get; init; }

    /// <summary>The machine that measured.</summary>
    public required MachineInfo Hardware { get; init; }

    /// <summary>The teachers' records, then the ensemble's.</summary>
    public required IReadOnlyList<ResultRecord> Models { get; init; }

    /// <summary>[M] the teachers' weights in their average; null for equal ones.</summary>
    public IReadOnlyList<double>? Weights { get; init; }

    /// <summary>Ensembles of the teachers by size.</summary>
    public required EnsembleCurve Curve { get; init; }

    void IRecord.FindFaults(RecordFaults faults)
    {
        faults.Sha256(Key, "key");
        faults.Sha256(AnswersSha256, "answersSha256");
        faults.AtLeast(2, Models.Count, "models");
        faults.Inside("hardware", Hardware);
        faults.Require(Weights is null || (Weights.Count == Models.Count - 1 && Weights.All(double.IsFinite)), "weights", "must be a finite number for each teacher");
        foreach (var (model, index) in Models.Select((model, index) => (model, index)))
        {
            faults.Inside($"models[{index}]", model);
        }

        if (Curve.FindFault() is { } fault)
        {
            faults.Require(false, "curve", fault);
        }
    }
}
