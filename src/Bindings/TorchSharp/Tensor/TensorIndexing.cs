using TorchSharp.Interop;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Turns an indexing expression into views, and what tensors index into one gather or scatter, as PyTorch does.</summary>
internal static class TensorIndexing
{
    public static Tensor Get(Tensor self, TensorIndex[] indices)
    {
        using var scope = NewDisposeScope();
        var (view, tensors) = View(self, indices);
        var result = tensors is null ? view : Ops.index_Tensor.Invoke(view, Arg.OptionalList(tensors));
        return result.MoveToOuterDisposeScope();
    }

    public static Tensor Put(Tensor self, Tensor value, TensorIndex[] indices)
    {
        using (NewDisposeScope())
        {
            var (view, tensors) = View(self, indices);
            if (tensors is null) view.copy_(value);
            else Ops.index_put_.Invoke(view, Arg.OptionalList(tensors), value);
        }

        return Tensor.Own(NativeMethods.ens_tensor_retain(self.Handle));
    }

    // The view that slices, numbers and new axes make, and the tensors that index its dimensions, if any do.
    private static (Tensor View, Tensor?[]? Tensors) View(Tensor self, TensorIndex[] indices)
    {
        var consumed = indices.Sum(Consumes);
        if (consumed > self.dim())
            throw new ArgumentException($"{consumed} indices for a tensor of {self.dim()} dimensions", nameof(indices));
        var view = self.alias();
        var (dimension, covered) = (0L, 0L);
        var tensors = new List<Tensor?>();
        foreach (var index in indices)
        {
            switch (index.Kind)
            {
                case IndexKind.Single:
                    view = view.select(dimension, index.Start!.Value);
                    break;
                case IndexKind.NewAxis:
                    view = view.unsqueeze(dimension++);
                    break;
                case IndexKind.Ellipsis:
                    dimension += self.dim() - consumed;
                    break;
                case IndexKind.Slice:
                    view = Ops.slice_Tensor.Invoke(view, dimension++, index.Start, index.Stop, index.Step ?? 1);
                    break;
                case var _ when index.Value!.dim() == 0 && !IsMask(index.Value):
                    // A whole number in a tensor counts as a number, and gives a view.
                    view = view.select(dimension, index.Value.to(ScalarType.Int64).item<long>());
                    break;
                default:
                    var tensor = index.Value;
                    if (tensor.dim() == 0) (view, tensor) = (view.unsqueeze(dimension), tensor.reshape(1));
                    for (; covered < dimension; covered++) tensors.Add(null);
                    tensors.Add(tensor);
                    dimension += IsMask(tensor) ? tensor.dim() : 1;
                    covered = dimension;
                    break;
            }
        }

        return (view, tensors.Count == 0 ? null : tensors.ToArray());
    }

    // How many of the tensor's dimensions an index speaks of: a mask stands for as many as it has.
    private static long Consumes(TensorIndex index) => index.Kind switch
    {
        IndexKind.NewAxis or IndexKind.Ellipsis => 0,
        IndexKind.Tensor when IsMask(index.Value!) => index.Value!.dim(),
        _ => 1,
    };

    private static bool IsMask(Tensor tensor) => tensor.dtype is ScalarType.Bool or ScalarType.Byte;
}
