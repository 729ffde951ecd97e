using Ensemble.Data;

namespace Ensemble.Teachers.Specialists;

/// <summary>
/// Classes in groups by K-means over the columns of a matrix: those of the covariance of a generalist's predictions give
/// classes that are confused with each other (Hinton, Vinyals and Dean 2015, section 5.3).
/// </summary>
public static class ColumnClusters
{
    private const int MaximumRounds = 200;

    /// <summary>Groups the columns.</summary>
    /// <param name="columns">[classes][rows]: the columns, all of one length.</param>
    /// <param name="clusterCount">Groups, 1 to the number of columns.</param>
    /// <param name="seed">The seed of the first centres, which are drawn far from each other (Arthur and Vassilvitskii 2007).</param>
    /// <returns>The groups that are not empty, each ascending, ordered by their first class; each class is in one.</returns>
    public static IReadOnlyList<IReadOnlyList<int>> Find(IReadOnlyList<double[]> columns, int clusterCount, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(clusterCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(clusterCount, columns.Count);
        var centres = DrawCentres(columns, clusterCount, new RandomStream(seed, "specialists/centres"));
        var places = new int[columns.Count];
        Array.Fill(places, -1);
        for (var round = 0; round < MaximumRounds; round++)
        {
            int[] moved = [.. columns.Select(column => Nearest(centres, column))];
            if (moved.SequenceEqual(places))
            {
                break;
            }

            places = moved;
            for (var centre = 0; centre < centres.Length; centre++)
            {
                var members = columns.Where((_, column) => places[column] == centre).ToArray();
                if (members.Length > 0)
                {
                    centres[centre] = Mean(members);
                }
            }
        }

        return
        [
            .. places.Index().GroupBy(place => place.Item, place => place.Index)
                .Select(group => (IReadOnlyList<int>)[.. group.Order()])
                .OrderBy(group => group[0]),
        ];
    }

    private static double[][] DrawCentres(IReadOnlyList<double[]> columns, int count, RandomStream random)
    {
        var centres = new List<double[]> { columns[random.NextInt(columns.Count)] };
        while (centres.Count < count)
        {
            double[] distances = [.. columns.Select(column => centres.Min(centre => SquaredDistance(centre, column)))];
            var total = distances.Sum();
            var (wanted, chosen) = (random.NextDouble() * total, 0);
            while (chosen < columns.Count - 1 && wanted >= distances[chosen])
            {
                wanted -= distances[chosen++];
            }

            // Columns that are all alike leave nothing to draw by.
            centres.Add(columns[total > 0 ? chosen : random.NextInt(columns.Count)]);
        }

        return [.. centres];
    }

    private static int Nearest(double[][] centres, double[] column)
    {
        var (nearest, least) = (0, double.PositiveInfinity);
        for (var centre = 0; centre < centres.Length; centre++)
        {
            var distance = SquaredDistance(centres[centre], column);
            if (distance < least)
            {
                (nearest, least) = (centre, distance);
            }
        }

        return nearest;
    }

    private static double SquaredDistance(double[] first, double[] second)
    {
        var sum = 0.0;
        for (var index = 0; index < first.Length; index++)
        {
            sum += (first[index] - second[index]) * (first[index] - second[index]);
        }

        return sum;
    }

    private static double[] Mean(double[][] members) =>
        [.. Enumerable.Range(0, members[0].Length).Select(row => members.Average(member => member[row]))];
}
