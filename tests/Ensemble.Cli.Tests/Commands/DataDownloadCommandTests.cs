using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ensemble.Data.Catalog;
using Ensemble.Tests.Data.Downloads;
using SixLabors.ImageSharp;
using SixLabors.ImageSharp.PixelFormats;

namespace Ensemble.Cli.Tests.Commands;

public sealed class DataDownloadCommandTests : IDisposable
{
    private const string Name = "pictures";

    private readonly string _root = Directory.CreateTempSubdirectory("ensemble-cli-download-").FullName;
    private readonly byte[] _archive = MakeArchive();

    private string Folder => Path.Combine(_root, "data");

    private string Target => Path.Combine(Folder, Name);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Download_HonestServerBehindARedirect_LandsAndIsUsedByName()
    {
        await using var server = new LocalServer(exchange => exchange.Request.Path == "/file"
            ? exchange.HeadAsync("302 Found", "Location: /elsewhere/pictures.zip", "Content-Length: 0")
            : exchange.ServeAsync(_archive));
        var catalog = Catalog(server, _archive);

        var download = CliRun.With(catalog, new HurriedClock(), "data", "download", Name, "--to", Folder);
        var again = CliRun.With(catalog, new HurriedClock(), "data", "download", "Pictures", "--to", Folder);
        var verify = CliRun.With(catalog, new HurriedClock(), "data", "verify", Name, "--data-dir", Folder);
        var preview = CliRun.With(catalog, new HurriedClock(), "data", "preview", Name, "--data-dir", Folder, "--out", Path.Combine(_root, "sheet.png"));
        var list = CliRun.With(catalog, new HurriedClock(), "data", "list", "--data-dir", Folder);

        Assert.Equal((ExitCode.Success, ""), (download.ExitCode, download.Error));
        Assert.Contains("licence: none; to cite: nobody", download.Output, StringComparison.Ordinal);
        Assert.Contains($"pictures: downloaded, 12 files, ", download.Output, StringComparison.Ordinal);
        Assert.Contains($"to use it: --data pictures --data-dir {Folder}\n", download.Output, StringComparison.Ordinal);
        Assert.Contains("was there already", again.Output, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
        Assert.Equal((ExitCode.Success, ""), (verify.ExitCode, verify.Error));
        Assert.Contains("pictures: 10 train, 2 test images of 3x16x16, 2 classes", preview.Output, StringComparison.Ordinal);
        Assert.Matches("(?m)^pictures +yes +2 +12 ", list.Output);
        Assert.Equal([".lock"], FilesBelow(Path.Combine(Folder, ".downloads", Name)));
    }

    [Fact]
    public async Task Download_ServerThatDrops_GoesOnWhereItWas()
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.ServeAsync(_archive, cutAfter: exchange.Number == 1 ? 1000 : null);
            if (exchange.Number == 1) exchange.Drop();
        });

        var run = CliRun.With(Catalog(server, _archive), new HurriedClock(), "data", "download", Name, "--to", Folder);

        Assert.Equal((ExitCode.Success, ""), (run.ExitCode, run.Error));
        Assert.Contains("retrying pictures.zip", run.Output, StringComparison.Ordinal);
        Assert.True(Directory.Exists(Target));
    }

    [Theory]
    [InlineData("other bytes")]
    [InlineData("cut")]
    [InlineData("longer")]
    [InlineData("stall")]
    [InlineData("loop")]
    [InlineData("redirect to a file")]
    [InlineData("absent")]
    [InlineData("escaping archive")]
    public async Task Download_ServerThatLies_IsOneLineAndNothingLands(string lie)
    {
        var escaping = Archives.Zip(("cats/1.png", "1"), ("../../outside.txt", "2"));
        await using var server = new LocalServer(exchange => lie switch
        {
            "other bytes" => exchange.ServeAsync([.. _archive[..^1], (byte)(_archive[^1] ^ 1)]),
            "cut" => exchange.ServeAsync(_archive, cutAfter: 10),
            "longer" => exchange.ServeAsync([.. _archive, 0]),
            "stall" => StallAsync(exchange),
            "loop" => exchange.HeadAsync("302 Found", "Location: /file", "Content-Length: 0"),
            "redirect to a file" => exchange.HeadAsync("302 Found", "Location: file:///etc/passwd", "Content-Length: 0"),
            "absent" => exchange.HeadAsync("404 Not Found", "Content-Length: 0"),
            _ => exchange.ServeAsync(escaping),
        });

        var catalog = Catalog(server, lie == "escaping archive" ? escaping : _archive);
        var run = CliRun.With(catalog, new HurriedClock(), "data", "download", Name, "--to", Folder);

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.StartsWith("error: ", run.ErrorLine, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Target));
        Assert.DoesNotContain(FilesBelow(_root), file => file.EndsWith(".png", StringComparison.Ordinal) || file.Contains("outside", StringComparison.Ordinal));
        Assert.DoesNotContain("to use it", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Verify_NotDownloaded_SaysSo(bool isThereAFolder)
    {
        await using var server = new LocalServer(exchange => exchange.ServeAsync(_archive));
        if (isThereAFolder)
        {
            // Another data set there is no part of these two.
            Directory.CreateDirectory(Path.Combine(Folder, "other"));
            await File.WriteAllBytesAsync(Path.Combine(Folder, "other.npz"), [1]);
        }

        var run = CliRun.With(Catalog(server, _archive), new HurriedClock(), "data", "verify", Name, "--data-dir", Folder);
        var known = CliRun.Plain("data", "verify", "mnist", "--data-dir", Folder);

        Assert.Equal((ExitCode.Fault, ExitCode.Fault), (run.ExitCode, known.ExitCode));
        Assert.Equal(
            $"error: {Target}: expected Pictures, downloaded, found no such folder: it is not downloaded; get it: ./ensemble data download pictures --to {Folder}",
            run.ErrorLine);
        Assert.Contains("it is not downloaded", known.ErrorLine, StringComparison.Ordinal);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Verify_FileChangedAfterwards_IsAFaultThatNamesIt()
    {
        await using var server = new LocalServer(exchange => exchange.ServeAsync(_archive));
        var catalog = Catalog(server, _archive);
        CliRun.With(catalog, new HurriedClock(), "data", "download", Name, "--to", Folder);
        File.AppendAllText(Path.Combine(Target, "cats", "1.png"), "x");

        var run = CliRun.With(catalog, new HurriedClock(), "data", "verify", Name, "--data-dir", Folder);

        Assert.Equal(ExitCode.Fault, run.ExitCode);
        Assert.Contains("cats/1.png: expected", run.Output, StringComparison.Ordinal);
        Assert.Contains("--replace", run.ErrorLine, StringComparison.Ordinal);
    }

    private static async Task StallAsync(LocalExchange exchange)
    {
        await exchange.HeadAsync("200 OK", "Content-Length: 100000");
        await exchange.StallAsync();
    }

    private static IEnumerable<string> FilesBelow(string folder) => Directory.Exists(folder)
        ? Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file))
        : [];

    // Two classes of six images.
    private static byte[] MakeArchive() => Archives.Zip(zip =>
    {
        foreach (var (name, level) in new[] { ("cats", 40), ("dogs", 200) })
        {
            for (var index = 1; index <= 6; index++)
            {
                using var image = new Image<Rgb24>(16, 16);
                for (var pixel = 0; pixel < 256; pixel++) image[pixel % 16, pixel / 16] = new Rgb24((byte)level, (byte)(pixel * index), (byte)pixel);
                using var entry = zip.CreateEntry($"{name}/{index}.png").Open();
                image.SaveAsPng(entry);
            }
        }
    });

    private static DatasetCatalog Catalog(LocalServer server, byte[] archive)
    {
        var entry = new
        {
            name = Name, title = "Pictures", description = "for tests", classNames = new[] { "cats", "dogs" },
            shape = new { channels = 3, height = 16, width = 16 }, counts = new { train = 12, validation = 0, test = 0 },
            layout = "image-folder", folder = "",
            files = new[]
            {
                new
                {
                    name = "pictures.zip", urls = new[] { server.Url() }, bytes = archive.Length, md5 = (string?)null,
                    sha256 = Convert.ToHexStringLower(SHA256.HashData(archive)), checksumSource = "the test", archive = "zip",
                },
            },
            unpackedBytes = 100_000, unpackedEntries = 20, licence = "none", citation = "nobody", homepage = server.Url("/"),
        };
        return DatasetCatalog.Parse(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { version = 1, entries = new[] { entry } })), "the test");
    }
}
