using System.CommandLine;

namespace Ensemble.Cli.Arguments;

/// <summary>A command whose help ends with command lines to copy.</summary>
/// <param name="name">What is typed.</param>
/// <param name="description">One line.</param>
/// <param name="examples">Command lines, without the program's name.</param>
internal sealed class DocumentedCommand(string name, string description, IReadOnlyList<string> examples) : Command(name, description)
{
    /// <summary>Command lines, without the program's name.</summary>
    public IReadOnlyList<string> Examples => examples;
}
