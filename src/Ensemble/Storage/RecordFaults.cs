using System.Globalization;

namespace Ensemble.Storage;

/// <summary>Gathers what is wrong with a record, so that all of it is told at once.</summary>
internal sealed class RecordFaults
{
    private readonly List<string> _messages = [];
    private string _prefix = string.Empty;

    /// <summary>The faults, a line each; empty for a sound record.</summary>
    public IReadOnlyList<string> Messages => _messages;

    /// <summary>Gathers the faults of a record inside the record; null is a fault itself.</summary>
    public void Inside(string name, IRecord? record)
    {
        var outer = _prefix;
        _prefix = $"{outer}{name}.";
        if (Require(record is not null, "record", "is missing"))
        {
            record!.FindFaults(this);
        }

        _prefix = outer;
    }

    /// <summary>Holds a condition of a property.</summary>
    public bool Require(bool holds, string name, string fault)
    {
        if (!holds)
        {
            _messages.Add($"{_prefix}{name} {fault}");
        }

        return holds;
    }

    /// <summary>Text that is there.</summary>
    public void Text(string? value, string name) => Require(!string.IsNullOrWhiteSpace(value), name, "is empty");

    /// <summary>A list without null among its items, which no nullable annotation holds in JSON.</summary>
    public void NoNulls(IEnumerable<object?> items, string name) =>
        Require(!items.Contains(null), name, "must not hold null");

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public void Sha256(string? value, string name) =>
        Require(
            value is { Length: 64 } && value.All(digit => char.IsAsciiDigit(digit) || digit is >= 'a' and <= 'f'),
            name,
            $"must be 64 lower-case hexadecimal digits, is '{value}'");

    /// <summary>A number within 0 to 1; NaN is not.</summary>
    public void Share(double value, string name) =>
        Require(value is >= 0 and <= 1, name, Invariant($"must be 0 to 1, is {value}"));

    /// <summary>A number that is neither NaN nor infinite.</summary>
    public void Finite(double value, string name) =>
        Require(double.IsFinite(value), name, Invariant($"must be finite, is {value}"));

    /// <summary>A finite number, at least 0.</summary>
    public void NotNegative(double value, string name) =>
        Require(double.IsFinite(value) && value >= 0, name, Invariant($"must be finite and at least 0, is {value}"));

    /// <summary>An integer of at least some value.</summary>
    public void AtLeast(long minimum, long value, string name) =>
        Require(value >= minimum, name, Invariant($"must be at least {minimum}, is {value}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
