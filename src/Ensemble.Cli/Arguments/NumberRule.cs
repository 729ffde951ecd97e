using System.Globalization;
using System.Numerics;

namespace Ensemble.Cli.Arguments;

/// <summary>What a number on the command line must be. The range is the one of the options record that takes the number.</summary>
/// <param name="validate">
/// Calls <c>Validate()</c> of a record that has this number in one property and is right otherwise, so that a fault it finds is
/// the number's.
/// </param>
/// <typeparam name="T">The number's type.</typeparam>
internal sealed class NumberRule<T>(Action<T> validate)
    where T : struct, INumber<T>, IMinMaxValue<T>
{
    // How the records word a fault: "Record: Property must be RANGE, is VALUE".
    private const string RangeStart = "must be ";
    private const string RangeEnd = ", is ";

    // No thousands separators: 0,1 would be read as 1.
    private const NumberStyles Style = NumberStyles.Float;

    /// <summary>Reads the number.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="value">The number, where there is no fault.</param>
    /// <returns>What it must be and is not, in words; null where nothing is wrong.</returns>
    public string? FindFault(string typed, out T value)
    {
        if (T.TryParse(typed, Style, CultureInfo.InvariantCulture, out value))
        {
            return Word(OutOfRange(value), typed);
        }

        // A fraction, or past what the type holds.
        return double.TryParse(typed, Style, CultureInfo.InvariantCulture, out var real)
            ? Word(OutOfRange(T.CreateSaturating(real)) ?? WholeNumber, typed)
            : Word("a number", typed);
    }

    private static string WholeNumber => T.IsZero(T.MinValue) ? $"a whole number from 0 to {T.MaxValue}" : "a whole number";

    private string? OutOfRange(T value)
    {
        try
        {
            validate(value);
            return null;
        }
        catch (ArgumentException exception)
        {
            var message = exception.Message;
            var start = message.IndexOf(RangeStart, StringComparison.Ordinal) + RangeStart.Length;
            var end = message.LastIndexOf(RangeEnd, StringComparison.Ordinal);
            return end > start ? message[start..end] : message;
        }
    }

    private static string? Word(string? range, string typed) => range is null ? null : $"{RangeStart}{range}{RangeEnd}{typed}";
}
