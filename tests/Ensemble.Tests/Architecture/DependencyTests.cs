using System.Text.RegularExpressions;

namespace Ensemble.Tests.Architecture;

/// <summary>
/// The rooms of the library and who may know whom, held against the source: bodies too, which reflection does not see.
/// A room that is missing here fails, so that a new one is placed on purpose.
/// </summary>
public sealed partial class DependencyTests
{
    // design.md, "Rooms". Values: the rooms that a room may name. Tensors: whether it may name torch.
    private static readonly Dictionary<string, (bool Tensors, string[] Rooms)> s_rules = new()
    {
        ["Measurement"] = (false, []),
        ["Storage"] = (false, []),
        ["Processes"] = (false, []),
        ["Runs"] = (false, ["Measurement", "Storage"]),
        ["Acceleration"] = (true, []),
        ["Data"] = (true, ["Storage"]),
        ["Graphs"] = (false, ["Storage"]),
        ["Models"] = (true, ["Acceleration", "Data", "Graphs", "Storage"]),
        ["Training"] = (true, ["Acceleration", "Data", "Measurement", "Models", "Runs", "Storage"]),
        ["Teachers"] = (true, ["Acceleration", "Data", "Models", "Runs", "Storage", "Training"]),
        ["Distillation"] = (true, ["Acceleration", "Data", "Models", "Teachers", "Training"]),
        ["Evaluation"] = (true, ["Data", "Measurement", "Models", "Teachers"]),
        ["Export"] = (true, ["Acceleration", "Data", "Evaluation", "Graphs", "Measurement", "Models", "Processes", "Runs", "Storage"]),
        ["Classification"] = (true, ["Data", "Export", "Graphs", "Models", "Runs", "Storage"]),
        ["Pipeline"] = (true, ["Acceleration", "Data", "Distillation", "Evaluation", "Export", "Measurement", "Models", "Runs", "Storage", "Teachers", "Training"]),
        ["Scheduling"] = (false, ["Data", "Distillation", "Pipeline", "Processes", "Runs", "Storage", "Teachers"]),
    };

    public static TheoryData<string> Rooms() => [.. Directory.GetDirectories(LibraryFolder()).Select(path => Path.GetFileName(path)!).Where(name => name is not "bin" and not "obj")];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_EverySource_NamesOnlyTheRoomsItMay(string room)
    {
        Assert.True(s_rules.TryGetValue(room, out var rule), $"src/Ensemble/{room} is in no rule: place it in {nameof(DependencyTests)}");

        foreach (var (file, code) in SourcesOf(room))
        {
            var named = NamedRooms(code).Distinct();
            Assert.All(named.Where(name => name != room), name => Assert.True(rule.Rooms.Contains(name), $"{file} names Ensemble.{name}, which {room} must not know"));
            Assert.True(rule.Tensors || !TensorName().IsMatch(code), $"{file} names TorchSharp, and {room} has no tensors");
            Assert.False(ConsoleName().IsMatch(code), $"{file} names the console, which is Ensemble.Cli's");
        }
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Room_EverySource_IsInItsOwnNamespace(string room)
    {
        // Types of the same room need no using line: a file elsewhere could hide a dependency.
        foreach (var (file, code) in SourcesOf(room))
        {
            var folder = Path.GetRelativePath(LibraryFolder(), Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.');
            var name = NamespaceName().Match(code).Groups["name"].Value;
            Assert.True(name == $"Ensemble.{folder}" || name == $"Ensemble.{room}", $"{file} is in {name}");
        }
    }

    [Fact]
    public void Assembly_EveryType_IsInARoomOrAnExceptionOfTheRoot()
    {
        var types = typeof(EnsembleException).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Ensemble", StringComparison.Ordinal) == true);

        Assert.All(types, type => Assert.True(
            type.Namespace == "Ensemble" ? type.IsNested || typeof(Exception).IsAssignableFrom(type) : s_rules.ContainsKey(type.Namespace!.Split('.')[1]),
            type.FullName));
    }

    [Fact]
    public void Rules_Rooms_HaveNoCycle()
    {
        var left = new Dictionary<string, string[]>(s_rules.Select(rule => KeyValuePair.Create(rule.Key, rule.Value.Rooms)));
        while (left.FirstOrDefault(room => !room.Value.Any(left.ContainsKey)).Key is { } free)
        {
            left.Remove(free);
        }

        Assert.Empty(left.Keys);
    }

    [Fact]
    public void Root_Sources_NameNoRoom()
    {
        foreach (var file in Directory.GetFiles(LibraryFolder(), "*.cs"))
        {
            Assert.Empty(NamedRooms(Code(file)));
        }
    }

    private static IEnumerable<string> NamedRooms(string code) => RoomName().Matches(code)
        .Where(match => match.Groups["type"].Value is var type && (type.Length == 0 || typeof(EnsembleException).Assembly.GetType($"Ensemble.{match.Groups["room"].Value}.{type}") is not null))
        .Select(match => match.Groups["room"].Value)
        .Where(s_rules.ContainsKey);

    private static IEnumerable<(string File, string Code)> SourcesOf(string room) =>
        Directory.EnumerateFiles(Path.Combine(LibraryFolder(), room), "*.cs", SearchOption.AllDirectories).Select(file => (file, Code(file)));

    // Comments may speak of other rooms.
    private static string Code(string file) => Comment().Replace(File.ReadAllText(file), string.Empty);

    private static string LibraryFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ensemble.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder?.FullName ?? throw new InvalidOperationException($"no Ensemble.sln above {AppContext.BaseDirectory}"), "src", "Ensemble");
    }

    // "using Ensemble.X", "Ensemble.X.Type"; and "X.Type", as a namespace beside one's own can be written too.
    [GeneratedRegex(@"\bEnsemble\.(?<room>[A-Z]\w+)|(?<![\w.])(?<room>[A-Z]\w+)\.(?<type>[A-Z]\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex RoomName();

    [GeneratedRegex(@"\b(TorchSharp|TorchVision|SixLabors|ScottPlot)\b")]
    private static partial Regex TensorName();

    [GeneratedRegex(@"\bConsole\.")]
    private static partial Regex ConsoleName();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+);", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceName();

    [GeneratedRegex(@"//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();
}
