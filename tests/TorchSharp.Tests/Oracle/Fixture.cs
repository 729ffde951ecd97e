namespace TorchSharp.Tests.Oracle;

/// <summary>One case of fixtures/pytorch.json: what goes in, and what PyTorch gives.</summary>
internal sealed record Fixture
{
    public required string Id { get; init; }

    public FixtureTensor[] Inputs { get; init; } = [];

    public bool[] RequiresGrad { get; init; } = [];

    public FixtureTensor[] Outputs { get; init; } = [];

    /// <summary>Of each output, whether a gradient can be taken.</summary>
    public bool[] Tracked { get; init; } = [];

    /// <summary>d(sum of outputs times their weights), for each input that requires a gradient, then for each parameter.</summary>
    public FixtureTensor?[]? Gradients { get; init; }

    /// <summary>The call changes a copy of its first input, which is then the last output.</summary>
    public bool InPlace { get; init; }

    /// <summary>Given to manual_seed before the call; such a case is held only against the libtorch that made it.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the first output is a view of the first input; null where that is not asked.</summary>
    public bool? SharesMemory { get; init; }

    /// <summary>Of the first output, where it is a view.</summary>
    public long[]? Strides { get; init; }

    public bool Training { get; init; }

    /// <summary>How many forward passes a module makes; the outputs are the last one's.</summary>
    public int Calls { get; init; } = 1;

    /// <summary>A module's parameters and buffers before the first pass; null for an operator.</summary>
    public Dictionary<string, FixtureTensor>? State { get; init; }

    public string[] Parameters { get; init; } = [];

    public Dictionary<string, FixtureTensor> BuffersAfter { get; init; } = [];
}
