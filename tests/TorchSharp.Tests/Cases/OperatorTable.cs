using static TorchSharp.torch;

namespace TorchSharp.Tests.Cases;

/// <summary>The calls of every case by id; the lambdas' own code says which members they reach.</summary>
internal static class OperatorTable
{
    public static IReadOnlyDictionary<string, Func<Tensor[], object>> All { get; } = Merge(
        ArithmeticCases.All, UnaryCases.All, ComparisonCases.All, ReductionCases.All, ShapeCases.All, ConversionCases.All,
        IndexingCases.All, FactoryCases.All, RandomCases.All, FunctionalCases.All, InitCases.All);

    private static Dictionary<string, Func<Tensor[], object>> Merge(params Dictionary<string, Func<Tensor[], object>>[] tables) =>
        tables.SelectMany(table => table).ToDictionary();
}
