using System.Globalization;
using Ensemble.Storage;

namespace Ensemble.Pipeline;

/// <summary>The seconds that a stage without a model record took, over all its attempts, in a file beside its output.</summary>
internal static class StageTimer
{
    private const string FileName = "seconds.txt";

    /// <summary>The seconds so far; 0 where none were noted.</summary>
    /// <param name="folder">The stage's folder.</param>
    public static double Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) && double.TryParse(File.ReadAllText(path), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
                && double.IsFinite(seconds) && seconds >= 0 ? seconds : 0;
        }
        catch (Exception exception) when (DiskFault.IsOne(exception))
        {
            throw DiskFault.Unreadable(path, "the seconds that a stage took", "delete the file", exception);
        }
    }

    /// <summary>Adds seconds.</summary>
    /// <param name="folder">The stage's folder.</param>
    /// <param name="seconds">Seconds, at least 0.</param>
    public static void Add(string folder, double seconds) =>
        AtomicFile.WriteText(Path.Combine(folder, FileName), (Read(folder) + seconds).ToString("R", CultureInfo.InvariantCulture) + "\n");
}
