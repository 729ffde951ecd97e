namespace Ensemble.Plots;

/// <summary>Finds places for texts beside points, so that none covers another text or a point.</summary>
/// <remarks>
/// All texts at once: the places with the least cost in all are looked for by simulated annealing (Christensen, Marks &amp; Shieber
/// 1995), the same every time. What may not be is dear, and a text that would have to be left out is dearer than all but that.
/// </remarks>
/// <param name="area">Where texts may stand.</param>
internal sealed class LabelPlacer(LabelBox area)
{
    // A text beyond this is tied to its point by a line.
    private const double NearDistance = 8;
    private const double Gap = 3;

    // In pixels that a text would rather be farther away: for a line through a text, and for its own line through something else.
    private const double CrossingCost = 100;
    private const double StruckCost = 400;
    private const double OmissionCost = 2_000;
    private const double OverlapCost = 100_000;

    private const int Moves = 6_000;
    private const int MostRounds = 100;
    private const double FirstTemperature = 200;
    private const double LastTemperature = 1;

    private static readonly double[] s_distances = [4, 10, 20, 32, 46, 62, 80, 100, 125];

    // Straight above first, then beside, then the rest: what readers look for.
    private static readonly double[] s_degrees = [-90, 0, 90, 180, -45, -135, 45, 135, -65, -115, 65, 115, -20, -160, 20, 160];

    private readonly List<LabelBox> _taken = [];
    private readonly List<LabelTie> _lines = [];

    /// <summary>Keeps texts away from a box.</summary>
    public void Keep(LabelBox box) => _taken.Add(box);

    /// <summary>Keeps texts away from a line, if it can be done.</summary>
    public void KeepLine((double X, double Y) from, (double X, double Y) to) => _lines.Add(new LabelTie(from, to));

    /// <summary>Finds places for texts.</summary>
    /// <param name="wishes">The texts; where there is too little room for all, as few as can be are left out.</param>
    /// <returns>For each its place, in their order.</returns>
    public IReadOnlyList<PlacedLabel> Place(IReadOnlyList<LabelWish> wishes)
    {
        PlacedLabel[][] choices = [.. wishes.Select(Choices)];
        // Each at its best place, whatever the others do.
        PlacedLabel[] chosen = [.. choices.Select(places => places[0])];
        var state = 1UL;
        for (var move = 0; move < Moves * Math.Min(1, wishes.Count); move++)
        {
            var temperature = FirstTemperature * Math.Pow(LastTemperature / FirstTemperature, (double)move / Moves);
            var place = (int)(Next(ref state) * chosen.Length);
            var other = choices[place][(int)(Next(ref state) * choices[place].Length)];
            var more = CostOf(other, place, chosen) - CostOf(chosen[place], place, chosen);
            if (more <= 0 || Next(ref state) < Math.Exp(-more / temperature)) chosen[place] = other;
        }

        // Down to where no text alone can do better.
        var isBetter = true;
        for (var round = 0; round < MostRounds && isBetter; round++)
        {
            isBetter = false;
            for (var place = 0; place < chosen.Length; place++)
            {
                var best = choices[place].MinBy(choice => CostOf(choice, place, chosen))!;
                if (CostOf(best, place, chosen) >= CostOf(chosen[place], place, chosen)) continue;
                (chosen[place], isBetter) = (best, true);
            }
        }

        return chosen;
    }

    // From 0 to below 1: Knuth's linear congruential generator (MMIX), of which the upper bits are used. Nothing is learnt from it.
    private static double Next(ref ulong state) => ((state = unchecked((state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407)) >> 32) / 4_294_967_296.0;

    // The places of a text that cover nothing, the best first, and that it has none.
    private PlacedLabel[] Choices(LabelWish wish)
    {
        var choices = new List<PlacedLabel> { new(null, null, OmissionCost) };
        foreach (var distance in s_distances)
        {
            for (var order = 0; order < s_degrees.Length; order++)
            {
                var box = BoxAt(wish, wish.Radius + distance, s_degrees[order]);
                if (!IsFree(box)) continue;
                var tie = distance > NearDistance ? LabelTie.Between(wish, box) : null;
                var cost = distance + (0.6 * order) + (CrossingCost * _lines.Count(line => line.Crosses(box)));
                choices.Add(new PlacedLabel(box, tie, cost + (tie is null ? 0 : StruckCost * _taken.Count(taken => !taken.IsAround(wish.Point) && tie.Crosses(taken)))));
            }
        }

        return [.. choices.OrderBy(choice => choice.Cost)];
    }

    // What a place costs where the other texts are.
    private static double CostOf(PlacedLabel choice, int place, PlacedLabel[] chosen)
    {
        var cost = choice.Cost;
        for (var index = 0; index < chosen.Length; index++)
        {
            if (index != place && choice.Box is { } box && chosen[index].Box is { } other) cost += Between(box, choice.Tie, other, chosen[index].Tie);
        }

        return cost;
    }

    private static double Between(LabelBox one, LabelTie? oneTie, LabelBox other, LabelTie? otherTie) =>
        (one.Grown(Gap).Overlaps(other) ? OverlapCost : 0)
        + (oneTie?.Crosses(other.Grown(Gap)) == true ? StruckCost : 0)
        + (otherTie?.Crosses(one.Grown(Gap)) == true ? StruckCost : 0);

    private static LabelBox BoxAt(LabelWish wish, double distance, double degrees)
    {
        var (text, width, height, point, _) = wish;
        var (sine, cosine) = Math.SinCos(degrees * Math.PI / 180);
        var x = point.X + (cosine * (distance + (width / 2)));
        var y = point.Y + (sine * (distance + (height / 2)));
        return new LabelBox(text, x - (width / 2), y - (height / 2), x + (width / 2), y + (height / 2));
    }

    private bool IsFree(LabelBox box) =>
        box.Left >= area.Left && box.Right <= area.Right && box.Top >= area.Top && box.Bottom <= area.Bottom && !_taken.Any(box.Overlaps);
}
