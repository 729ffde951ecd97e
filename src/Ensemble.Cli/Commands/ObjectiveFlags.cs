using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Distillation;

namespace Ensemble.Cli.Commands;

/// <summary>The flags that one objective or another reads, besides those that most read.</summary>
internal sealed class ObjectiveFlags
{
    private static readonly ObjectiveOptions s_defaults = new();

    public Option<double?> SoftWeight { get; } = Flag.OptionalNumber(
        "--soft-weight", "W", "The weight of what is learnt from the teachers [default: 1 - --hard-weight]",
        new NumberRule<double>(value => new ObjectiveOptions { SoftWeight = value }.Validate()));

    public Option<double> DkdAlpha { get; } = Number("--dkd-alpha", "dkd: the weight of the target class", value => s_defaults with { DkdAlpha = value }, s_defaults.DkdAlpha);

    public Option<double> DkdBeta { get; } = Number("--dkd-beta", "dkd: the weight of the other classes", value => s_defaults with { DkdBeta = value }, s_defaults.DkdBeta);

    public Option<double> DistInter { get; } = Number(
        "--dist-inter", "dist: the weight of the relations between classes", value => s_defaults with { DistInterWeight = value }, s_defaults.DistInterWeight);

    public Option<double> DistIntra { get; } = Number(
        "--dist-intra", "dist: the weight of the relations within classes", value => s_defaults with { DistIntraWeight = value }, s_defaults.DistIntraWeight);

    public Option<double> HintWeight { get; } = Number("--hint-weight", "fitnets: the weight of the hint; at a learning rate of 0.1 small students want 10 or less", value => s_defaults with { HintWeight = value }, s_defaults.HintWeight);

    public Option<int> HintStage { get; } = Flag.Number(
        "--hint-stage", "N", "fitnets: the stage that the hint is at, from 1; 0 is the middle one",
        new NumberRule<int>(value => (s_defaults with { HintStage = value }).Validate()), s_defaults.HintStage);

    public Option<double> AttentionWeight { get; } = Number(
        "--attention-weight", "attention: the weight of the maps", value => s_defaults with { AttentionWeight = value }, s_defaults.AttentionWeight);

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [SoftWeight, DkdAlpha, DkdBeta, DistInter, DistIntra, HintWeight, HintStage, AttentionWeight];

    /// <summary>The options with what was typed.</summary>
    public ObjectiveOptions Apply(ParseResult parsed, ObjectiveOptions options) => options with
    {
        SoftWeight = parsed.GetValue(SoftWeight),
        DkdAlpha = parsed.GetValue(DkdAlpha),
        DkdBeta = parsed.GetValue(DkdBeta),
        DistInterWeight = parsed.GetValue(DistInter),
        DistIntraWeight = parsed.GetValue(DistIntra),
        HintWeight = parsed.GetValue(HintWeight),
        HintStage = parsed.GetValue(HintStage),
        AttentionWeight = parsed.GetValue(AttentionWeight),
    };

    private static Option<double> Number(string name, string description, Func<double, ObjectiveOptions> use, double standard) =>
        Flag.Number(name, "W", description, new NumberRule<double>(value => use(value).Validate()), standard);
}
