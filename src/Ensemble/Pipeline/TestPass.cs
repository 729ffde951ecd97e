using System.Diagnostics;
using Ensemble.Data;
using Ensemble.Evaluation;

namespace Ensemble.Pipeline;

/// <summary>Has the networks of a stage answer the test images: all of them at once, a part of them, or by the parts that are there.</summary>
/// <param name="context">The run.</param>
/// <param name="folder">The stage's folder, which the parts lie in.</param>
/// <param name="weights">What each network's answers depend on, in order.</param>
internal sealed class TestPass(RunContext context, string folder, IReadOnlyList<string> weights)
{
    private readonly EvaluationParts _parts = new(folder);
    private readonly TestIdentity _identity = TestIdentity.Of(context, weights);

    /// <summary>What an observer is told of the stage.</summary>
    /// <param name="context">The run.</param>
    public static string Detail(RunContext context) =>
        $"{(context.Settings.Shard is { } shard ? $"shard {shard} of " : "")}{context.Splits.Test.Count} test images";

    /// <summary>What each network answers on all test images: joined, where parts are there.</summary>
    /// <param name="models">The networks, in order.</param>
    /// <exception cref="DataFaultException">A part is missing, damaged, or of something else; the message names it.</exception>
    public SplitLogits[] Answers(IReadOnlyList<TrainedModel> models) =>
        _parts.Any ? _parts.Join(_identity) : ModelRecorder.Answers(models, context.Data.Test);

    /// <summary>Does a part, unless it is done.</summary>
    /// <param name="shard">Which.</param>
    /// <param name="load">Adds the networks, in order; those that are owned are disposed here.</param>
    /// <returns>Whether it was done.</returns>
    public bool DoPart(SampleShard shard, Action<List<TrainedModel>> load)
    {
        if (_parts.IsDone(shard, _identity))
        {
            return true;
        }

        var watch = Stopwatch.StartNew();
        var models = new List<TrainedModel>();
        try
        {
            load(models);
            _parts.Write(shard, _identity, [.. models.Select(model => model.Network)], context.Data.Test, context.CancellationToken);
        }
        finally
        {
            models.Where(model => model.IsOwned).ToList().ForEach(model => model.Network.Dispose());
            StageTimer.Add(_parts.PathOf(shard), watch.Elapsed.TotalSeconds);
        }

        return false;
    }

    /// <summary>Takes the parts away, once what was made of them is written; their seconds stay with the stage.</summary>
    /// <param name="seconds">Seconds that the joining took.</param>
    public void End(double seconds)
    {
        if (_parts.Any)
        {
            StageTimer.Add(folder, _parts.Seconds + seconds);
        }

        _parts.Delete();
    }
}
