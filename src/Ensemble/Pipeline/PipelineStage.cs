namespace Ensemble.Pipeline;

/// <summary>One part of a run that is done or not.</summary>
/// <param name="Name">What it makes: <c>teacher 1 of 3</c>, <c>baseline</c>, <c>student</c>, <c>evaluation</c>.</param>
/// <param name="Detail">The architecture, or what is evaluated.</param>
/// <param name="Index">Its place in the run, from 0.</param>
/// <param name="Count">Stages in the run.</param>
public sealed record PipelineStage(string Name, string Detail, int Index, int Count);
