using Ensemble.Runs;
using ScottPlot;

namespace Ensemble.Plots;

/// <summary>Colours that people with any colour vision tell apart (Okabe &amp; Ito 2008, "Color Universal Design"), each
/// with a marker of another shape, for those who print without colour.</summary>
internal static class Palette
{
    public static Color Ink { get; } = Color.FromHex("#222222");

    public static Color Faint { get; } = Color.FromHex("#cfcfcf");

    public static Color Grid { get; } = Color.FromHex("#ebebeb");

    public static Color Blue { get; } = Color.FromHex("#0072B2");

    public static Color Vermillion { get; } = Color.FromHex("#D55E00");

    public static Color Green { get; } = Color.FromHex("#009E73");

    public static Color Purple { get; } = Color.FromHex("#CC79A7");

    /// <summary>For series that are no role: in this order, then over again.</summary>
    public static IReadOnlyList<Style> Series { get; } =
    [
        new(Blue, MarkerShape.FilledCircle, LinePattern.Solid),
        new(Color.FromHex("#E69F00"), MarkerShape.FilledSquare, LinePattern.Dashed),
        new(Green, MarkerShape.FilledDiamond, LinePattern.DenselyDashed),
        new(Purple, MarkerShape.FilledTriangleUp, LinePattern.Solid),
        new(Color.FromHex("#56B4E9"), MarkerShape.FilledTriangleDown, LinePattern.Dotted),
        new(Vermillion, MarkerShape.OpenCircle, LinePattern.Dashed),
        new(Ink, MarkerShape.OpenSquare, LinePattern.Solid),
    ];

    /// <summary>How a role looks in every figure.</summary>
    public static Style Of(ModelRole role) => role switch
    {
        ModelRole.Teacher => new(Green, MarkerShape.FilledSquare, LinePattern.DenselyDashed),
        ModelRole.Ensemble => new(Purple, MarkerShape.FilledDiamond, LinePattern.Solid),
        ModelRole.Baseline => new(Vermillion, MarkerShape.FilledTriangleUp, LinePattern.Dashed),
        _ => Series[0],
    };

    /// <summary>A colour, a shape and a line.</summary>
    public sealed record Style(Color Color, MarkerShape Shape, LinePattern Pattern);
}
