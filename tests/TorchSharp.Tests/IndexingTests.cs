using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace TorchSharp.Tests;

/// <summary>Indexing beyond the expressions that fixtures/cases_indexing.py holds against PyTorch.</summary>
public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _table = arange(12).reshape(3, 4);

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Index_NumberInATensor_IsAViewLikeANumber()
    {
        var row = _table[TensorIndex.Tensor(tensor(1L))];

        row.fill_(-1);

        Assert.Equal([0, 1, 2, 3, -1, -1, -1, -1, 8, 9, 10, 11], _table.data<long>().ToArray());
    }

    [Fact]
    public void Index_NumberInATensorBetweenSlices_DoesNotMoveTheOtherTensorsDimension()
    {
        var cube = arange(24).reshape(2, 3, 4);

        var picked = cube[TensorIndex.Tensor(tensor(1L)), TensorIndex.Colon, TensorIndex.Tensor(tensor([3L, 0L]))];

        Assert.Equal([3, 2], picked.shape);
        Assert.Equal([15L, 12, 19, 16, 23, 20], picked.data<long>().ToArray());
    }

    [Fact]
    public void Index_MaskOfTwoDimensionsBesideOthers_StandsForTwo()
    {
        var cube = arange(24).reshape(2, 3, 4);
        var leading = tensor([true, false, true, false, false, true], [2, 3]);
        var trailing = cube[0].remainder(5).eq(0);

        Assert.Equal([1L, 9, 21], cube[TensorIndex.Tensor(leading), 1].data<long>().ToArray());
        Assert.Equal([2L, 10, 22], cube[TensorIndex.Tensor(leading), TensorIndex.Ellipsis, 2].data<long>().ToArray());
        Assert.Equal([0L, 5, 10, 12, 17, 22], cube[TensorIndex.Ellipsis, TensorIndex.Tensor(trailing)].data<long>().ToArray());
    }

    [Fact]
    public void Index_MoreIndicesThanDimensions_SaysBothCounts()
    {
        var error = Assert.Throws<ArgumentException>(() => _table[1, 2, 3]);

        Assert.Contains("3 indices for a tensor of 2 dimensions", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Index_OutOfRange_GivesLibtorchsMessage() =>
        Assert.Contains("index 3 out of range", Assert.Throws<ExternalException>(() => _table[3L]).Message, StringComparison.Ordinal);

    [Fact]
    public void Index_NegativeStep_IsRefused() =>
        Assert.Contains("step must be positive", Assert.Throws<ExternalException>(() => _table[TensorIndex.Slice(step: -1)]).Message, StringComparison.Ordinal);

    [Fact]
    public void Set_ValueOfTheWrongShape_GivesLibtorchsMessage() =>
        Assert.Throws<ExternalException>(() => _table[TensorIndex.Colon, 1] = zeros([2], int64));

    [Fact]
    public void Set_ValueOfOneElement_IsBroadcastAndConverted()
    {
        _table[1.., 0] = tensor(7.9f);

        Assert.Equal([0, 1, 2, 3, 7, 5, 6, 7, 7, 9, 10, 11], _table.data<long>().ToArray());
    }

    [Fact]
    public void Set_OnALeafThatRequiresGrad_IsRefusedOutsideNoGrad()
    {
        var leaf = zeros([3], requires_grad: true);

        Assert.Contains("leaf", Assert.Throws<ExternalException>(() => leaf[0L] = tensor(1f)).Message, StringComparison.Ordinal);
        using (no_grad()) leaf[0L] = tensor(1f);
        Assert.Equal([1f, 0, 0], leaf.data<float>().ToArray());
    }
}
