using System.Runtime.CompilerServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests.Oracle;

/// <summary>Holds what a call gave against what PyTorch gave: values, dtypes, shapes, tape, gradients, views.</summary>
internal static class OracleChecks
{
    /// <summary>The outputs of a call as a list: a tensor, a tuple or an array of tensors, or one plain value.</summary>
    public static List<object> Flatten(object result) => result switch
    {
        ITuple tuple => Enumerable.Range(0, tuple.Length).Select(k => tuple[k]!).ToList(),
        IEnumerable<Tensor> tensors => tensors.Cast<object>().ToList(),
        _ => [result],
    };

    public static void AssertOutputs(Fixture fixture, List<object> outputs)
    {
        Assert.Equal(fixture.Outputs.Length, outputs.Count);
        for (var k = 0; k < outputs.Count; k++)
        {
            fixture.Outputs[k].AssertEqual(outputs[k], $"output {k}");
            if (outputs[k] is Tensor output)
                Assert.True(output.requires_grad == fixture.Tracked[k], $"output {k}: requires_grad {output.requires_grad}, PyTorch's {fixture.Tracked[k]}");
        }
    }

    /// <param name="fixture">The case.</param>
    /// <param name="outputs">What the call gave.</param>
    /// <param name="leaves">The tensors whose gradients the fixture has, in its order.</param>
    public static void AssertGradients(Fixture fixture, List<object> outputs, List<Tensor> leaves)
    {
        if (fixture.Gradients is null) return;
        var tracked = outputs.OfType<Tensor>().Where(output => output.requires_grad).ToList();
        var found = autograd.grad(tracked, leaves, tracked.Select(Weights).ToList(), allow_unused: true);
        Assert.Equal(fixture.Gradients.Length, found.Count);
        for (var k = 0; k < found.Count; k++)
        {
            if (fixture.Gradients[k] is { } expected) expected.AssertEqual(found[k], $"gradient {k}");
            else Assert.Null(found[k]);
        }
    }

    /// <summary>Writes into the first output and sees whether the first input has changed.</summary>
    public static void AssertSharing(Fixture fixture, List<object> outputs, Tensor input)
    {
        if (fixture.SharesMemory is not { } expected) return;
        var output = (Tensor)outputs[0];
        if (expected) Assert.Equal(fixture.Strides, output.stride());
        using var guard = no_grad();
        var before = input.bytes.ToArray();
        var shares = false;
        foreach (var value in new[] { 0, 1 })
        {
            // An expanded output cannot be written as a whole: its first element can.
            var place = output.detach();
            while (place.dim() > 0) place = place.select(0, 0);
            place.fill_(value);
            shares |= !input.bytes.SequenceEqual(before);
        }

        Assert.True(shares == expected, expected ? "the output is a copy, PyTorch's a view" : "the output is a view, PyTorch's a copy");
    }

    // The weights of make_fixtures.py: multiples of a quarter.
    private static Tensor Weights(Tensor output)
    {
        var values = Enumerable.Range(0, (int)output.numel()).Select(k => (((7 * k) % 11) - 4.5) / 4).ToArray();
        return tensor(values, output.shape).to(output.dtype, output.device, disposeAfter: true);
    }
}
