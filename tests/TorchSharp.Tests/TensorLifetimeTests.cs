namespace TorchSharp.Tests;

public sealed class TensorLifetimeTests
{
}
