using System.Diagnostics;
using System.Text.RegularExpressions;
using Ensemble.Classification;
using Ensemble.Export;
using Ensemble.Export.Runtime;
using Ensemble.Storage;
using Ensemble.Tests.Data;
using Ensemble.Tests.Data.Images;
using Ensemble.Tests.Export;
using SixLabors.ImageSharp.PixelFormats;

namespace Ensemble.Tests.Classification;

/// <summary>What a stranger does: a console project somewhere else, a reference to the library, the README's lines.</summary>
public sealed partial class FreshProjectTests : IDisposable
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
            <InvariantGlobalization>true</InvariantGlobalization>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="LIBRARY" />
          </ItemGroup>
        </Project>
        """;

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

#if STACK_SYSTEM
    private const string Stack = "system";
#else
    private const string Stack = "nuget";
#endif

    private readonly ExportBench _bench = new("resnet8 at 3x32x32", 1);
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _bench.Dispose();
        _folder.Dispose();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void Readme_LinesInAFreshProject_ClassifyAPngAsOnnxRuntimeDoes()
    {
        var repository = Repository();
        var lines = CSharpBlock().Match(File.ReadAllText(Path.Combine(repository, "README.md"))).Groups["code"].Value;
        Write("fresh.csproj", Project.Replace("LIBRARY", Path.Combine(repository, "src", "Ensemble", "Ensemble.csproj"), StringComparison.Ordinal));
        Write("Program.cs", lines);
        var png = _folder.Write("cat.png", ImageFiles.Png(48, 40, (x, y) => new Rgb24((byte)(5 * x), (byte)(6 * y), (byte)(x * y))));
        CopyModelTo(ModelPath().Match(lines).Groups["path"].Value);

        var built = Dotnet("build", "fresh.csproj", "-c", Configuration, $"-p:Stack={Stack}", "-nodeReuse:false", "-v:quiet", "-nologo");
        Assert.True(built.ExitCode == 0, built.Output);
        var ran = Dotnet(Path.Combine("bin", Configuration, "net10.0", "fresh.dll"));

        using var classifier = ImageClassifier.Load(_bench.ModelPath);
        var answer = classifier.Classify(png);
        Assert.Equal((0, $"{answer.ClassName} {answer.Probability:P1}"), (ran.ExitCode, ran.Output.Trim()));
        RequireSameByOnnxRuntime(png, answer, classifier);
    }

    private void RequireSameByOnnxRuntime(string png, ImageAnswer answer, ImageClassifier classifier)
    {
        var values = ExportBench.RequireRuntime().Run(new RuntimeRequest
        {
            Model = _bench.Write(new ExportOptions { HasSoftmax = true }),
            Dtype = SafetensorsDtype.U8,
            Shape = [1, 3, 32, 32],
            Pixels = PixelBatch.Read([png], classifier.Shape).Pixels,
            Threads = 1,
        }).Values;

        Assert.Equal(answer.ClassName, classifier.ClassNames[values.IndexOf(values.Max())]);
        Assert.Equal(answer.Probability, values.Max(), 1e-5);
    }

    private void CopyModelTo(string name)
    {
        foreach (var file in Directory.GetFiles(_bench.ModelPath))
        {
            _folder.Write(Path.Combine(name, Path.GetFileName(file)), File.ReadAllBytes(file));
        }
    }

    private void Write(string name, string text) => _folder.Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private (int ExitCode, string Output) Dotnet(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = _folder.FullPath,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }

    private static string Repository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ensemble.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"no Ensemble.sln above {AppContext.BaseDirectory}");
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex("Load\\(\"(?<path>[^\"]+)\"\\)", RegexOptions.ExplicitCapture)]
    private static partial Regex ModelPath();
}
