using System.Globalization;

namespace Ensemble.Data.Formats;

/// <summary>Takes an .npy header apart, left to right; what does not fit is a <see cref="FormatException"/>.</summary>
internal sealed class NpyHeaderScanner(string text)
{
    private int _position;

    /// <summary>Takes a character if it is next, after blanks.</summary>
    public bool Take(char character)
    {
        SkipBlanks();
        if (_position >= text.Length || text[_position] != character)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Takes a character that must be next.</summary>
    public void Require(char character)
    {
        if (!Take(character))
        {
            throw Fault($"'{character}'");
        }
    }

    /// <summary>Takes a comma, which only the closing character may stand in for, without being taken.</summary>
    public void RequireSeparator(char closing)
    {
        if (!Take(','))
        {
            Require(closing);
            _position--;
        }
    }

    /// <summary>Holds that nothing but blanks is left.</summary>
    public void RequireEnd()
    {
        SkipBlanks();
        if (_position < text.Length)
        {
            throw Fault("the end");
        }
    }

    /// <summary>Takes a string in single or double quotes; escapes are not known.</summary>
    public string ReadString()
    {
        var quote = Take('\'') ? '\'' : Take('"') ? '"' : throw Fault("a string");
        var end = text.IndexOf(quote, _position);
        var value = end < 0 ? throw Fault("the string's end") : text[_position..end];
        _position = end + 1;
        return value.Contains('\\', StringComparison.Ordinal) ? throw Fault("a string without escapes") : value;
    }

    /// <summary>Takes <c>True</c> or <c>False</c>.</summary>
    public bool ReadTruth()
    {
        var isTrue = Take('T');
        if (!isTrue)
        {
            Require('F');
        }

        var rest = isTrue ? "rue" : "alse";
        if (!text.AsSpan(_position).StartsWith(rest, StringComparison.Ordinal))
        {
            throw Fault("True or False");
        }

        _position += rest.Length;
        return isTrue;
    }

    /// <summary>Takes a tuple of natural numbers, each an int: <c>()</c>, <c>(3,)</c>, <c>(3, 4)</c>.</summary>
    public List<int> ReadTuple(int maximumLength)
    {
        var values = new List<int>();
        Require('(');
        while (!Take(')'))
        {
            values.Add(ReadNatural());
            RequireSeparator(')');
            if (values.Count > maximumLength)
            {
                throw Fault($"at most {maximumLength} dimensions");
            }
        }

        return values;
    }

    private void SkipBlanks()
    {
        while (_position < text.Length && text[_position] is (' ' or '\t' or '\n' or '\r'))
        {
            _position++;
        }
    }

    private int ReadNatural()
    {
        SkipBlanks();
        var end = _position;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        var digits = text.AsSpan(_position, end - _position);
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
        {
            throw Fault("a dimension of 0 to 2147483647");
        }

        _position = end;
        return value;
    }

    private FormatException Fault(string expected)
    {
        var end = Math.Min(text.Length, _position + 20);
        var found = _position < end ? $"'{text[_position..end].Trim()}'" : "the end";
        return new FormatException($"{found} where {expected} should be (character {_position} of the header)");
    }
}
