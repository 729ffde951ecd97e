namespace Ensemble.Tests.Oracle;

/// <summary>
/// Tests that make tensors, one at a time: they count the tensors of the process, and torch's default generator, which
/// fresh weights are drawn from, is one for all threads.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorTests
{
    public const string Name = "tensors";
}
