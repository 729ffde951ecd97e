using static TorchSharp.torch;
using static TorchSharp.torch.TensorIndex;

namespace TorchSharp.Tests.Cases;

internal static class IndexingCases
{
    private static readonly TensorIndex s_all = Colon;
    private static readonly TensorIndex s_dots = TensorIndex.Ellipsis;
    private static readonly TensorIndex s_none = TensorIndex.None;

    public static Dictionary<string, Func<Tensor[], object>> All { get; } = ByName().Concat(Brackets()).ToDictionary();

    private static Dictionary<string, Func<Tensor[], object>> ByName() => new()
    {
        ["Tensor.index(TensorIndex[])"] = t => t[0].index(Slice(1), TensorIndex.Tensor(t[1])),
        ["Tensor.index(Tensor[])"] = t => t[0].index(t[1], t[2]),
        ["Tensor[Tensor[]]"] = t => t[0][t[1], t[2]],
        ["Tensor[Tensor[]] = value"] = t => Written(t[0], x => x[t[2], t[3]] = t[1]),
        ["Tensor[long]"] = t => t[0][-1L],
        ["Tensor[long] = value"] = t => Written(t[0], x => x[1L] = t[1]),
        ["Tensor.index_put_(Tensor,TensorIndex[])"] = t => t[0].index_put_(t[1], Slice(1), TensorIndex.Tensor(t[2])),
        ["Tensor.index_put_(Tensor,Tensor[])"] = t => t[0].index_put_(t[1], t[2], t[3]),
        ["Tensor.select()"] = t => t[0].select(1, -1),
        ["Tensor.narrow()"] = t => t[0].narrow(1, 1, 2),
        ["Tensor.slice()"] = t => t[0].slice(1, 0, 4, 2),
        ["Tensor.slice() from the end"] = t => t[0].slice(0, -2, 3, 1),
        ["Tensor.index_select()"] = t => t[0].index_select(1, t[1]),
        ["Tensor.index_copy_()"] = t => t[0].index_copy_(0, t[1], t[2]),
        ["Tensor.index_add_()"] = t => t[0].index_add_(0, t[1], t[2], -2),
        ["Tensor.gather()"] = t => t[0].gather(1, t[1]),
        ["Tensor.scatter()"] = t => t[0].scatter(1, t[1], t[2]),
        ["Tensor.scatter_()"] = t => t[0].scatter_(1, t[1], t[2]),
        ["Tensor.scatter_add_()"] = t => t[0].scatter_add_(1, t[1], t[2]),
        ["Tensor.take_along_dim()"] = t => t[0].take_along_dim(t[1], 1),
        ["Tensor.masked_fill()"] = t => t[0].masked_fill(t[1], -7.5),
        ["Tensor.masked_fill_()"] = t => t[0].masked_fill_(t[1], 2),
        ["Tensor.masked_select()"] = t => t[0].masked_select(t[1]),
        ["Tensor.where()"] = t => t[0].where(t[1], t[2]),
    };

    // What stands between the brackets; read, and written to.
    private static IEnumerable<KeyValuePair<string, Func<Tensor[], object>>> Brackets()
    {
        foreach (var (text, key) in Keys())
        {
            var id = text.Contains(']', StringComparison.Ordinal) ? $"Tensor[{text}" : $"Tensor[{text}]";
            yield return new(id, t => t[0][key(t)]);
            yield return new($"{id} = value", t => Written(t[0], x => x[key(t)] = Counting(x[key(t)])));
        }
    }

    private static Dictionary<string, Func<Tensor[], TensorIndex[]>> Keys() => new()
    {
        ["1"] = _ => [1],
        ["-1"] = _ => [^1],
        ["1, 2"] = _ => [1, 2],
        ["1, -2, 3"] = _ => [1, -2, 3],
        [":"] = _ => [s_all],
        ["1:"] = _ => [1..],
        [":2"] = _ => [(..2)],
        ["-2:"] = _ => [^2..],
        [":-1"] = _ => [(..^1)],
        ["0:3:2"] = _ => [Slice(0, 3, 2)],
        [":, 1:4:2"] = _ => [s_all, Slice(1, 4, 2)],
        [":, :, ::3"] = _ => [Range.All, Slice(), Slice(step: 3)],
        ["5:"] = _ => [Slice(5)],
        ["None"] = _ => [s_none],
        ["None, 1, None, 2:"] = _ => [Null, 1, Single(null), 2..],
        [":, None, 1"] = _ => [s_all, s_none, 1],
        ["..., 1"] = _ => [s_dots, Single(1)],
        ["1, ..."] = _ => [1, s_dots],
        ["..., 1:3"] = _ => [s_dots, 1..3],
        ["0, ..., -1"] = _ => [0, s_dots, -1],
        ["..., None"] = _ => [s_dots, s_none],
        ["..."] = _ => [s_dots],
        ["t"] = t => [At(t[1])],
        ["t, 1"] = t => [At(t[1]), 1],
        ["1, t"] = t => [1, At(t[1])],
        ["1:, t"] = t => [1.., At(t[1])],
        [":, t"] = t => [s_all, At(t[1])],
        ["..., t"] = t => [s_dots, At(t[1])],
        ["t, None, 1:3"] = t => [At(t[1]), s_none, 1..3],
        ["t, 1:3, ..., None"] = t => [At(t[1]), 1..3, s_dots, s_none],
        ["None, t"] = t => [s_none, At(t[1])],
        ["t, u"] = t => [At(t[1]), At(t[2])],
        ["t, :, u"] = t => [At(t[1]), s_all, At(t[2])],
        [":, t, u"] = t => [s_all, At(t[1]), At(t[2])],
        ["1, t, u"] = t => [1, At(t[1]), At(t[2])],
        ["t, None, u"] = t => [At(t[1]), s_none, At(t[2])],
        ["..., t, u"] = t => [s_dots, At(t[1]), At(t[2])],
        ["t, 1, u"] = t => [At(t[1]), 1, At(t[2])],
        ["t, ..., u"] = t => [At(t[1]), s_dots, At(t[2])],
        ["t] matrix"] = t => [At(t[1])],
        ["t, u] broadcast"] = t => [At(t[1]), At(t[2])],
        ["t] number"] = t => [At(t[1])],
        [":, t] number"] = t => [s_all, At(t[1])],
        ["t, :, u] number"] = t => [At(t[1]), s_all, At(t[2])],
        ["t] mask"] = t => [At(t[1])],
        [":, t] mask"] = t => [s_all, At(t[1])],
        ["t] mask of two dimensions"] = t => [At(t[1])],
        ["..., t] mask of two dimensions"] = t => [s_dots, At(t[1])],
        ["t] empty"] = t => [At(t[1])],
        ["t] true"] = t => [At(t[1])],
        ["1, t] false"] = t => [1, At(t[1])],
    };

    private static TensorIndex At(Tensor tensor) => TensorIndex.Tensor(tensor);

    // 0, -1, -2 ... in the shape of the place.
    private static Tensor Counting(Tensor place) => arange(place.numel(), place.dtype).reshape(place.shape).neg();

    private static Tensor Written(Tensor target, Action<Tensor> write)
    {
        write(target);
        return target;
    }
}
