using System.Text.Json;
using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Pipeline;
using Ensemble.Runs;
using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Experiments;

/// <summary>Where an experiment is done: data, a workbench, and the folder of its results.</summary>
public sealed class Laboratory : IDisposable
{
    /// <summary>The recipes' file name.</summary>
    public const string RecipesName = "recipes.json";

    private readonly IExperiment _experiment;
    private readonly ExperimentOptions _options;
    private readonly Action<string> _tell;
    private readonly MachineInfo _machine;
    private readonly torch.Device _device;
    private readonly List<(string Name, Workbench Bench)> _benches = [];

    /// <summary>Opens a laboratory.</summary>
    /// <param name="experiment">What is done in it.</param>
    /// <param name="options">How.</param>
    /// <param name="tell">Takes a line at a time.</param>
    /// <exception cref="MachineFaultException">There is no libtorch.</exception>
    public Laboratory(IExperiment experiment, ExperimentOptions options, Action<string> tell)
    {
        (_experiment, _options, _tell) = (experiment, options, tell);
        _device = DeviceSelector.Resolve("auto");
        _machine = MachineInfo.Read(torch.__version__, _device.ToString());
        Runs = options.RunsDirectory ?? Path.Combine("runs", options.IsQuick ? "paper-quick" : "paper");
        var results = options.ResultsDirectory ?? (options.IsQuick ? Path.Combine(Runs, "results") : Repository.Results);
        Results = Path.Combine(results, experiment.Name);
        IsPagePublished = !options.IsQuick && options.ResultsDirectory is null;
    }

    /// <summary>Whether everything is tiny.</summary>
    public bool IsQuick => _options.IsQuick;

    /// <summary>Where networks are kept.</summary>
    public string Runs { get; }

    /// <summary>Where results are written.</summary>
    public string Results { get; }

    private bool IsPagePublished { get; }

    // DIR/NAME.ensdata, a folder of images DIR/NAME/train, the published files in DIR/NAME or in DIR itself.
    private DatasetSplits LoadWhole(string name)
    {
        var registry = DatasetRegistry.CreateDefault();
        var request = new DatasetRequest { Directory = _options.DataDirectory, CancellationToken = _options.CancellationToken };
        if (_options.DataDirectory is not { } folder)
        {
            return registry.Load(name, request);
        }

        var (packed, own) = (Path.Combine(folder, name + ".ensdata"), Path.Combine(folder, name));
        return (File.Exists(packed), Directory.Exists(Path.Combine(own, "train")), Directory.Exists(own)) switch
        {
            (true, _, _) => registry.Load(packed, request with { Directory = null }),
            (_, true, _) => registry.Load(own, request with { Directory = null }),
            (_, _, true) => registry.Load(name, request with { Directory = own }),
            _ => registry.Load(name, request),
        };
    }

    /// <summary>Reads a data set; of a quick experiment, a few drawn images in ten classes instead.</summary>
    /// <param name="name">As catalogued.</param>
    /// <exception cref="EnsembleException">It is missing or damaged.</exception>
    public DatasetSplits Load(string name) => IsQuick
        ? DrawnImages.Draw(name, channels: name == "mnist" ? 1 : 3, trainCount: 400, testCount: 100)
        : LoadWhole(name);

    /// <summary>Opens a workbench, which experiments on the same data share; closed with the laboratory.</summary>
    /// <param name="name">Its folder.</param>
    /// <param name="train">The images that normalise all of its networks' images.</param>
    public Workbench OpenBench(string name, ImageDataset train)
    {
        var bench = new Workbench(Path.Combine(Runs, name), ChannelStatistics.Measure(train), new WorkbenchSettings
        {
            Device = _device,
            Machine = _machine,
            Observer = new ProgressLines(_tell),
            CancellationToken = _options.CancellationToken,
        });
        _benches.Add((name, bench));
        return bench;
    }

    /// <summary>Writes results, recipes and figure, prints the table, and makes the page of all experiments anew.</summary>
    /// <param name="findings">What there is so far.</param>
    public void Publish(Findings findings)
    {
        var networks = _benches.SelectMany(opened => opened.Bench.Networks.Select(network => (Key: $"{opened.Name}/{network.Key}", network.Recipe, network.Record))).ToArray();
        var results = new ExperimentResults
        {
            Name = _experiment.Name,
            IsComplete = findings.IsComplete,
            Measurements = findings.Measurements,
            Verdicts = findings.Verdicts,
            Notes = findings.Notes,
            Seeds = findings.Seeds,
            Figures = [.. findings.Figures.Select(figure => new FigureEntry(figure.File, figure.Text))],
            Networks = networks.Length,
            TrainSeconds = Math.Round(networks.Sum(network => network.Record.TrainSeconds), 1),
            Hardware = _machine,
            Versions = new Dictionary<string, string>
            {
                ["ensemble"] = typeof(Workbench).Assembly.GetName().Version!.ToString(3),
                ["libtorch"] = _machine.LibtorchVersion,
                ["dotnet"] = _machine.DotNetVersion,
            },
        };
        foreach (var figure in findings.Figures)
        {
            figure.Figure.Save(Path.Combine(Results, figure.File));
        }

        var recipes = networks.ToDictionary(network => network.Key, network => network.Recipe);
        AtomicFile.WriteText(Path.Combine(Results, RecipesName), JsonSerializer.Serialize(recipes, ExperimentResults.Json) + "\n");
        results.Write(Path.Combine(Results, ExperimentResults.FileName));
        if (IsPagePublished)
        {
            AtomicFile.WriteText(Repository.Page, ResultsPage.Of(ExperimentSuite.All, Repository.Results));
        }

        foreach (var line in ResultsTable.Lines(results))
        {
            _tell(line);
        }
    }

    /// <summary>Tells a line.</summary>
    public void Tell(string line) => _tell(line);

    /// <inheritdoc/>
    public void Dispose() => _benches.ForEach(opened => opened.Bench.Dispose());
}
