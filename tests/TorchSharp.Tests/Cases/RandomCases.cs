using static TorchSharp.torch;

namespace TorchSharp.Tests.Cases;

internal static class RandomCases
{
    public static Dictionary<string, Func<Tensor[], object>> All { get; } = new()
    {
        ["torch.rand(long[])"] = _ => rand([5, 5]),
        ["torch.rand(long[]) float64"] = _ => rand([3], float64, requires_grad: true),
        ["torch.rand(long[]) generator"] = _ => rand([3, 2], generator: Seeded(99)),
        ["torch.rand(long)"] = _ => rand(4),
        ["torch.rand(long,long)"] = _ => rand(2, 3),
        ["torch.rand(long,long,long,long)"] = _ => rand(2, 1, 3, 2),
        ["Tensor.rand_like()"] = t => t[0].rand_like(),
        ["Tensor.rand_like(ScalarType)"] = t => t[0].rand_like(float64),
        ["torch.randn(long[])"] = _ => randn([5, 5]),
        ["torch.randn(long[]) float64"] = _ => randn([3], float64, requires_grad: true),
        ["torch.randn(long[]) generator"] = _ => randn([3, 2], generator: Seeded(99)),
        ["torch.randn(long)"] = _ => randn(4),
        ["torch.randn(long,long)"] = _ => randn(2, 3),
        ["torch.randn(long,long,long,long)"] = _ => randn(2, 1, 3, 2),
        ["Tensor.randn_like()"] = t => t[0].randn_like(),
        ["Tensor.randn_like(ScalarType)"] = t => t[0].randn_like(float64),
        ["torch.randint()"] = _ => randint(10, [4, 3]),
        ["torch.randint() float32, generator"] = _ => randint(1000, [5], float32, generator: Seeded(5)),
        ["Tensor.uniform_()"] = t => t[0].uniform_(-2, 3),
        ["Tensor.uniform_(Generator)"] = t => t[0].uniform_(-2, 3, Seeded(8)),
        ["Tensor.normal_()"] = t => t[0].normal_(),
        ["Tensor.normal_() of many"] = t => t[0].normal_(1, 0.5),
        ["Tensor.normal_(Generator)"] = t => t[0].normal_(1, 2, Seeded(8)),
        ["Tensor.bernoulli_()"] = t => t[0].bernoulli_(),
        ["Tensor.bernoulli_(double,Generator)"] = t => t[0].bernoulli_(0.2, Seeded(8)),
        ["Tensor.bernoulli()"] = t => t[0].bernoulli(),
        ["Tensor.multinomial()"] = t => t[0].multinomial(3),
        ["Tensor.multinomial() with replacement, generator"] = t => t[0].multinomial(9, true, Seeded(8)),
    };

    private static Generator Seeded(ulong seed) => new(seed);
}
