namespace Ensemble.Cli.Tests.Commands;

/// <summary>One whole run over tiny digits, shared by the tests that look at it.</summary>
public sealed class TinyRun : IDisposable
{
    internal const string Folder = "run";

    public TinyRun() => First = CliRun.Plain(Digits.Distill(Folder, Training));

    internal static string[] Training { get; } = ["--teacher-epochs", "20", "--student-epochs", "2"];

    internal TinyDigits Digits { get; } = new();

    internal CliRun First { get; }

    internal string RunPath => Path.Combine(Digits.RootPath, Folder);

    public void Dispose() => Digits.Dispose();
}
