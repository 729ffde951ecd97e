using System.CommandLine;
using Ensemble.Cli.Arguments;
using Ensemble.Export;
using Ensemble.Pipeline;

namespace Ensemble.Cli.Commands;

/// <summary>The flags by which a run's student is exported at its end.</summary>
/// <param name="description">What the format is for, with its default.</param>
internal sealed class StudentExportFlags(string description)
{
    private const string FormatName = "--export";
    private const string OfflineName = "--offline";

    /// <summary>As what.</summary>
    public Option<string?> Format { get; } = Flag.OptionalChoice<ExportFormat>(FormatName, description);

    /// <summary>Whether nothing is fetched.</summary>
    public Option<bool> Offline { get; } = new(OfflineName) { Description = "With --export: fetch no ONNX Runtime where a machine has none; the ONNX file is then not checked" };

    /// <summary>All of them, in the order of the help.</summary>
    public IReadOnlyList<Option> All => [Format, Offline];

    /// <summary>What was typed.</summary>
    /// <param name="parsed">What was typed, without faults.</param>
    /// <param name="standard">As what, where no format was typed; null for no export then.</param>
    /// <returns>Null for no export.</returns>
    /// <exception cref="UsageException">A flag was typed that would do nothing.</exception>
    public ExportRequest? ToRequest(ParseResult parsed, ExportFormat? standard = null)
    {
        if ((Flag.ReadOptional<ExportFormat>(parsed, Format) ?? standard) is { } format)
        {
            return new ExportRequest { Format = format, MayFetchRuntime = !parsed.GetValue(Offline) };
        }

        return Flag.IsTyped(parsed, Offline) ? throw new UsageException($"{Offline.Name}: only with {Format.Name}") : null;
    }

    /// <summary>What has <c>run stage</c> export so.</summary>
    public static string ToArguments(ExportRequest request) =>
        $"{FormatName} {request.Format.ToString().ToLowerInvariant()}{(request.MayFetchRuntime ? "" : $" {OfflineName}")}";
}
