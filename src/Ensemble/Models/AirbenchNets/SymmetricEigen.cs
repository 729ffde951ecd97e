namespace Ensemble.Models.AirbenchNets;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, the same on every machine.</summary>
internal static class SymmetricEigen
{
    private const int MaximumSweeps = 64;

    /// <summary>Jacobi's method: rotations that each clear one pair of off-diagonal elements, until none is left.</summary>
    /// <param name="matrix">length x length, row-major, symmetric; it is overwritten.</param>
    /// <param name="length">Rows and columns.</param>
    /// <returns>
    /// The eigenvalues, falling; and the eigenvectors of length 1 in the rows of a row-major matrix, each with its largest
    /// element positive.
    /// </returns>
    public static (double[] Values, double[] Vectors) Decompose(double[] matrix, int length)
    {
        var rows = new double[length * length];
        for (var row = 0; row < length; row++)
        {
            rows[(row * length) + row] = 1;
        }

        for (var sweep = 0; sweep < MaximumSweeps && !IsDiagonal(matrix, length); sweep++)
        {
            for (var first = 0; first < length; first++)
            {
                for (var second = first + 1; second < length; second++)
                {
                    Rotate(matrix, rows, length, first, second);
                }
            }
        }

        var order = Enumerable.Range(0, length).OrderByDescending(row => matrix[(row * length) + row]).ToArray();
        return (
            [.. order.Select(row => matrix[(row * length) + row])],
            [.. order.SelectMany(row => WithPositiveLargest(rows.AsSpan(row * length, length)))]);
    }

    // Golub & Van Loan, Matrix Computations, 8.5.2: the smaller of the two angles that clear the pair.
    private static void Rotate(double[] matrix, double[] rows, int length, int first, int second)
    {
        var offDiagonal = matrix[(first * length) + second];
        if (offDiagonal == 0)
        {
            return;
        }

        var ratio = (matrix[(second * length) + second] - matrix[(first * length) + first]) / (2 * offDiagonal);
        var tangent = Math.CopySign(1, ratio) / (Math.Abs(ratio) + Math.Sqrt(1 + (ratio * ratio)));
        var cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
        var sine = tangent * cosine;
        for (var index = 0; index < length; index++)
        {
            Turn(ref matrix[(first * length) + index], ref matrix[(second * length) + index], cosine, sine);
        }

        for (var index = 0; index < length; index++)
        {
            Turn(ref matrix[(index * length) + first], ref matrix[(index * length) + second], cosine, sine);
            Turn(ref rows[(first * length) + index], ref rows[(second * length) + index], cosine, sine);
        }
    }

    private static void Turn(ref double first, ref double second, double cosine, double sine) =>
        (first, second) = ((cosine * first) - (sine * second), (sine * first) + (cosine * second));

    private static bool IsDiagonal(double[] matrix, int length)
    {
        double diagonal = 0;
        double rest = 0;
        for (var index = 0; index < matrix.Length; index++)
        {
            var square = matrix[index] * matrix[index];
            if (index / length == index % length)
            {
                diagonal += square;
            }
            else
            {
                rest += square;
            }
        }

        return rest <= diagonal * 1e-30;
    }

    private static double[] WithPositiveLargest(ReadOnlySpan<double> vector)
    {
        var result = vector.ToArray();
        return result.MaxBy(Math.Abs) < 0 ? [.. result.Select(value => -value)] : result;
    }
}
