using Ensemble.Processes;

namespace Ensemble.Cli.Tests.Slurm;

/// <summary>Programs as a test wants them.</summary>
internal sealed class FakePrograms(Func<string, IReadOnlyList<string>, ProgramAnswer?> answer) : IProgramRunner
{
    /// <summary>What was called, a line each.</summary>
    public List<string> Calls { get; } = [];

    public ProgramAnswer? Run(string program, IReadOnlyList<string> arguments)
    {
        Calls.Add($"{program} {string.Join(' ', arguments)}");
        return answer(program, arguments);
    }
}
