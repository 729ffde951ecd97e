using TorchSharp;

namespace Ensemble.Tests.Oracle;

/// <summary>
/// Tests that make tensors, one at a time: they count the tensors of the process, and torch's default generator, which
/// fresh weights are drawn from, is one for all threads.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TensorTests : ICollectionFixture<TensorTests.OneThread>
{
    public const string Name = "tensors";

    /// <summary>These networks are too small to share out, and threads that wait for one another are slow on a busy machine.</summary>
    public sealed class OneThread
    {
        public OneThread() => torch.set_num_threads(1);
    }
}
