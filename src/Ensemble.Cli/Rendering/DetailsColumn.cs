using System.Collections.Concurrent;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ensemble.Cli.Rendering;

/// <summary>The column beside the bars: how each stage is doing, in words.</summary>
internal sealed class DetailsColumn : ProgressColumn
{
    // Written by the run's thread, read by the one that draws.
    private readonly ConcurrentDictionary<int, string> _texts = new();

    /// <inheritdoc/>
    protected override bool NoWrap => true;

    /// <summary>Says how a stage is doing.</summary>
    /// <param name="bar">The stage's bar.</param>
    /// <param name="text">A few words.</param>
    public void Set(ProgressTask bar, string text) => _texts[bar.Id] = text;

    /// <inheritdoc/>
    public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
        new Text(_texts.GetValueOrDefault(task.Id, "")) { Overflow = Overflow.Ellipsis };
}
