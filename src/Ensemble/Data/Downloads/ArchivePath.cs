using System.Globalization;
using System.Text;

namespace Ensemble.Data.Downloads;

/// <summary>Decides which names of an archive's entries are fit for a disk.</summary>
internal static class ArchivePath
{
    /// <summary>The most bytes of one component in common file systems.</summary>
    private const int MaximumComponentBytes = 255;

    private const int MaximumPathBytes = 1024;
    private const int MaximumDepth = 32;

    /// <summary>Turns an entry's name into a relative path with forward slashes, or says what is wrong with it.</summary>
    /// <param name="name">The name as the archive has it.</param>
    /// <param name="path">The path; empty for the folder itself (<c>./</c>), and when the name is refused.</param>
    /// <returns>Null, or why the name is refused.</returns>
    public static string? Normalise(string name, out string path)
    {
        path = string.Empty;
        if (name.Length == 0)
        {
            return "an empty name";
        }

        if (name.Any(letter => char.IsControl(letter) || char.IsSurrogate(letter)) && !IsWellFormed(name))
        {
            return "control characters or broken Unicode in a name";
        }

        if (name.Contains('\\'))
        {
            return "a backslash in a name";
        }

        if (name[0] == '/')
        {
            return "an absolute path";
        }

        if (name.Length >= 2 && char.IsAsciiLetter(name[0]) && name[1] == ':')
        {
            return "a drive letter";
        }

        var components = name.Split('/').Where(component => component is not ("" or ".")).ToArray();
        var fault = components.Select(FindFault).FirstOrDefault(found => found is not null);
        if (fault is not null)
        {
            return fault;
        }

        if (components.Length > MaximumDepth || Encoding.UTF8.GetByteCount(name) > MaximumPathBytes)
        {
            return $"a path of more than {MaximumDepth} folders or {MaximumPathBytes} bytes";
        }

        path = string.Join('/', components);
        return null;
    }

    /// <summary>A name as it can be shown on one line, whatever it holds.</summary>
    public static string Show(string name)
    {
        var shown = new StringBuilder();
        foreach (var letter in name.Take(80))
        {
            if (char.IsControl(letter) || char.IsSurrogate(letter)
                || char.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.LineSeparator
                    or UnicodeCategory.ParagraphSeparator)
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
            else
            {
                shown.Append(letter);
            }
        }

        return name.Length > 80 ? $"{shown}... ({name.Length} characters)" : shown.ToString();
    }

    private static string? FindFault(string component)
    {
        if (component == "..")
        {
            return "a path that leads out of its folder";
        }

        if (Encoding.UTF8.GetByteCount(component) > MaximumComponentBytes)
        {
            return $"a name of more than {MaximumComponentBytes} bytes";
        }

        // Windows drops a dot or a space at the end, and takes a colon for a stream of another file.
        return OperatingSystem.IsWindows() && (component[^1] is '.' or ' ' || component.Contains(':'))
            ? "a name that Windows would change"
            : null;
    }

    /// <summary>Whether there is no control character, and every surrogate has its other half.</summary>
    private static bool IsWellFormed(string name)
    {
        for (var index = 0; index < name.Length; index++)
        {
            if (char.IsControl(name[index]))
            {
                return false;
            }

            if (char.IsSurrogate(name[index]))
            {
                if (index + 1 == name.Length || !char.IsSurrogatePair(name[index], name[index + 1]))
                {
                    return false;
                }

                index++;
            }
        }

        return true;
    }
}
