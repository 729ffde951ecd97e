using System.Net;
using Ensemble.Data;
using Ensemble.Data.Downloads;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>Servers that drop, stall, redirect, truncate and lie: a download ends verified, or in one line.</summary>
public sealed class UnreliableServerTests : IDisposable
{
    private static readonly byte[] Content = DownloadBench.Content;

    private readonly DownloadBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task DownloadAsync_DropsMidBody_GoesOnWhereItWas()
    {
        await using var server = new LocalServer(exchange =>
            exchange.ServeAsync(Content, cutAfter: exchange.Number < 3 ? 20_000 : null));

        await _bench.LandsAsync(server.Url());

        Assert.Equal([null, 20_000, 40_000], server.Requests.Select(request => request.From));
        Assert.Equal("\"one\"", server.Requests[1].Headers["If-Range"]);
    }

    [Fact]
    public async Task DownloadAsync_AlwaysDrops_SaysSoAndTheNextCallGoesOn()
    {
        await using var server = new LocalServer(exchange =>
            exchange.ServeAsync(Content, cutAfter: exchange.Number <= 3 ? 10_000 : null));

        var fault = await _bench.FailsAsync(server.Url());
        Assert.Equal([$"{DownloadBench.FileName}.part", $"{DownloadBench.FileName}.part.json"], _bench.UnderWay);
        await _bench.LandsAsync(server.Url());

        Assert.Equal(server.Url(), fault.Path);
        Assert.Contains("50000 bytes", fault.Expected, StringComparison.Ordinal);
        Assert.Contains("dropped after 30000 bytes", fault.Found, StringComparison.Ordinal);
        Assert.Contains("30000 bytes are kept", fault.Remedy, StringComparison.Ordinal);
        Assert.Equal(30_000, server.Requests[3].From);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task DownloadAsync_Stalls_GivesUpTheTryInTime(bool beforeHeaders)
    {
        await using var server = new LocalServer(async exchange =>
        {
            if (exchange.Number == 1)
            {
                if (!beforeHeaders)
                {
                    await exchange.HeadAsync("200 OK", "Content-Length: 50000");
                    await exchange.SendAsync(Content.AsMemory(0, 5000));
                }

                await exchange.StallAsync();
            }

            await exchange.ServeAsync(Content);
        });

        await _bench.LandsAsync(server.Url());

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task DownloadAsync_AlwaysStalls_SaysForHowLong()
    {
        await using var server = new LocalServer(exchange => exchange.StallAsync());

        var fault = await _bench.FailsAsync(server.Url());

        Assert.Contains("no bytes for 0.2 s (try 3)", fault.Found, StringComparison.Ordinal);
        Assert.Empty(_bench.UnderWay);
    }

    [Fact]
    public async Task DownloadAsync_DripsSlowerThanTheTimeoutInAll_Lands()
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.HeadAsync("200 OK", "Content-Length: 50000");
            for (var at = 0; at < Content.Length; at += 5000)
            {
                await exchange.PauseAsync(110);
                await exchange.SendAsync(Content.AsMemory(at, 5000));
            }
        });

        await _bench.DownloadAsync(
            DownloadBench.File(Content, server.Url()),
            DownloadBench.Impatient with { StallTimeout = TimeSpan.FromSeconds(1) });

        _bench.AssertLanded(Content);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData("Content-Length: 60000")]
    [InlineData("Content-Length: 40000")]
    [InlineData("Content-Length: 0")]
    public async Task DownloadAsync_LengthIsNotTheCatalogues_IsRefusedBeforeTheBody(string length)
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.HeadAsync("200 OK", length);
            await exchange.SendAsync(Content);
        });

        var fault = await _bench.FailsAsync(server.Url());

        Assert.Contains($"a file of {length[16..]} bytes", fault.Found, StringComparison.Ordinal);
        Assert.Empty(_bench.UnderWay);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(40_000)]
    public async Task DownloadAsync_LengthIsALieAndTheCatalogueKnowsNone_LandsNothing(int length)
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.HeadAsync("200 OK", $"Content-Length: {length}");
            await exchange.SendAsync(Content);
        });
        var file = DownloadBench.File(Content, server.Url()) with { Bytes = null, MaximumBytes = 100_000 };

        await _bench.FailsAsync(file);
    }

    [Fact]
    public async Task DownloadAsync_EndsEarlyWithoutALength_GoesOn()
    {
        await using var server = new LocalServer(async exchange =>
        {
            if (exchange.Number == 1)
            {
                await exchange.HeadAsync("200 OK", "ETag: \"one\"");
                await exchange.SendAsync(Content.AsMemory(0, 7000));
                return;
            }

            await exchange.ServeAsync(Content);
        });

        await _bench.LandsAsync(server.Url());

        Assert.Equal(7000, server.Requests[1].From);
    }

    [Fact]
    public async Task DownloadAsync_InfiniteBody_IsCut()
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.HeadAsync("200 OK");
            while (true)
            {
                await exchange.SendAsync(Content);
            }
        });

        var fault = await _bench.FailsAsync(server.Url());

        Assert.Contains("more than 50000 bytes", fault.Found, StringComparison.Ordinal);
        Assert.Empty(_bench.UnderWay);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task DownloadAsync_RangeIsIgnored_BeginsAnew()
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.HeadAsync("200 OK", "ETag: \"one\"", "Content-Length: 50000");
            await exchange.SendAsync(Content.AsMemory(0, exchange.Number == 1 ? 9000 : 50_000));
        });

        await _bench.LandsAsync(server.Url());

        Assert.Equal(9000, server.Requests[1].From);
    }

    [Theory]
    [InlineData("Content-Range: bytes 100-49999/50000")]
    [InlineData("Content-Range: bytes 9000-59999/60000")]
    [InlineData("Content-Range: lines 9000-49999/50000")]
    [InlineData("X-Nothing: 1")]
    public async Task DownloadAsync_RangeIsAnother_BeginsAnew(string range)
    {
        await using var server = new LocalServer(async exchange =>
        {
            if (exchange.Number == 2)
            {
                await exchange.HeadAsync("206 Partial Content", range);
                await exchange.SendAsync(Content.AsMemory(9000));
                return;
            }

            await exchange.ServeAsync(Content, cutAfter: exchange.Number == 1 ? 9000 : null);
        });

        await _bench.LandsAsync(server.Url());

        Assert.Equal([null, 9000, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task DownloadAsync_RangeThatNobodyAskedFor_IsRefused()
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.HeadAsync("206 Partial Content", "Content-Range: bytes 0-49999/50000");
            await exchange.SendAsync(Content);
        });

        Assert.Contains("HTTP 206", (await _bench.FailsAsync(server.Url())).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DownloadAsync_FileChangesBetweenTries_HoldsNoMixture(bool honoursIfRange)
    {
        var old = DownloadBench.MakeContent(Content.Length, seed: 2);
        await using var server = new LocalServer(async exchange =>
        {
            if (exchange.Number == 1)
            {
                await exchange.ServeAsync(old, "\"old\"", cutAfter: 9000);
            }
            else if (exchange.Number == 2 && !honoursIfRange)
            {
                await exchange.HeadAsync(
                    "206 Partial Content", "ETag: \"new\"", "Content-Range: bytes 9000-49999/50000");
                await exchange.SendAsync(Content.AsMemory(9000));
            }
            else
            {
                await exchange.ServeAsync(Content, "\"new\"");
            }
        });

        await _bench.LandsAsync(server.Url());
    }

    [Fact]
    public async Task DownloadAsync_FileChangesAndNoTagTells_TheChecksumDoes()
    {
        var old = DownloadBench.MakeContent(Content.Length, seed: 2);
        await using var server = new LocalServer(exchange =>
            exchange.ServeAsync(exchange.Number == 1 ? old : Content, cutAfter: exchange.Number == 1 ? 9000 : null));

        await _bench.LandsAsync(server.Url());

        Assert.Equal([null, 9000, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task DownloadAsync_PartIsTooLongForTheServer_BeginsAnew()
    {
        var shorter = Content[..40_000];
        await using var server = new LocalServer(exchange =>
            exchange.ServeAsync(shorter));
        Directory.CreateDirectory(_bench.Staging);
        File.WriteAllBytes(_bench.Part, Content);
        File.WriteAllText(_bench.Part + ".json", $$"""{ "url": "{{server.Url()}}" }""");
        var file = DownloadBench.File(shorter, server.Url()) with { Bytes = null, MaximumBytes = 60_000 };

        await _bench.DownloadAsync(file);

        _bench.AssertLanded(shorter);
        Assert.Equal([50_000, null], server.Requests.Select(request => request.From));
    }

    [Fact]
    public async Task DownloadAsync_WholePartOfAKilledDownload_IsVerifiedWithoutAsking()
    {
        Directory.CreateDirectory(_bench.Staging);
        File.WriteAllBytes(_bench.Part, Content);
        File.WriteAllText(_bench.Part + ".json", """{ "url": "http://127.0.0.1:9/" }""");

        await _bench.LandsAsync("http://127.0.0.1:9/");
    }

    [Theory]
    [InlineData("500 Internal Server Error")]
    [InlineData("503 Service Unavailable")]
    [InlineData("429 Too Many Requests")]
    [InlineData("408 Request Timeout")]
    public async Task DownloadAsync_TroubleThatMayPass_IsTriedAgain(string status)
    {
        await using var server = new LocalServer(exchange => exchange.Number < 3
            ? exchange.HeadAsync(status, "Content-Length: 0", "Retry-After: 3600")
            : exchange.ServeAsync(Content));

        await _bench.LandsAsync(server.Url());
    }

    [Theory]
    [InlineData("404 Not Found")]
    [InlineData("403 Forbidden")]
    [InlineData("204 No Content")]
    [InlineData("304 Not Modified")]
    public async Task DownloadAsync_TroubleThatWillNotPass_IsNotTriedAgain(string status)
    {
        await using var server = new LocalServer(exchange => exchange.HeadAsync(status));

        var fault = await _bench.FailsAsync(server.Url());

        Assert.Contains($"HTTP {status}", fault.Found, StringComparison.Ordinal);
        Assert.Single(server.Requests);
        Assert.Empty(_bench.UnderWay);
    }

    [Fact]
    public async Task DownloadAsync_MirrorFails_TakesTheNextAndItsBytesCount()
    {
        await using var gone = new LocalServer(exchange => exchange.HeadAsync("404 Not Found", "Content-Length: 0"));
        await using var dropping = new LocalServer(exchange => exchange.ServeAsync(Content, cutAfter: 15_000));
        await using var good = new LocalServer(exchange => exchange.ServeAsync(Content, "\"other\""));

        await _bench.LandsAsync(gone.Url(), dropping.Url(), good.Url());

        var request = Assert.Single(good.Requests);
        Assert.Equal(15_000, request.From);
        Assert.False(request.Headers.ContainsKey("If-Range"));
    }

    [Fact]
    public async Task DownloadAsync_NoChecksumAndAnotherMirror_MixesNothing()
    {
        await using var dropping = new LocalServer(exchange => exchange.ServeAsync(Content, cutAfter: 15_000));
        await using var good = new LocalServer(exchange => exchange.ServeAsync(Content, "\"other\""));
        var file = DownloadBench.File(Content, dropping.Url(), good.Url()) with { Sha256 = null };

        await _bench.DownloadAsync(file, DownloadBench.Impatient with { AllowUnverified = true });

        _bench.AssertLanded(Content);
        Assert.Null(Assert.Single(good.Requests).From);
    }

    [Fact]
    public async Task DownloadAsync_WrongBytes_AreThrownAwayAndTheNextMirrorIsAsked()
    {
        var wrong = DownloadBench.MakeContent(Content.Length, seed: 3);
        await using var bad = new LocalServer(exchange => exchange.ServeAsync(wrong));
        await using var good = new LocalServer(exchange => exchange.ServeAsync(Content));

        var fault = await _bench.FailsAsync(bad.Url());
        Assert.Empty(_bench.UnderWay);
        await _bench.LandsAsync(bad.Url(), good.Url());

        var file = DownloadBench.File(Content);
        Assert.Contains($"instead of sha256 {file.Sha256}", fault.Found, StringComparison.Ordinal);
        Assert.Contains(DownloadBench.File(wrong).Sha256!, fault.Found, StringComparison.Ordinal);
        Assert.Null(Assert.Single(good.Requests).From);
    }

    [Fact]
    public async Task DownloadAsync_RedirectToAnotherPortAndPath_IsFollowed()
    {
        await using var good = new LocalServer(exchange => exchange.Request.Path == "/there/file"
            ? exchange.ServeAsync(Content)
            : exchange.HeadAsync("307 Temporary Redirect", "Location: there/file", "Content-Length: 0"));
        await using var first = new LocalServer(exchange =>
            exchange.HeadAsync("302 Found", $"Location: {good.Url("/here")}", "Content-Length: 0"));

        await _bench.LandsAsync(first.Url());
    }

    [Fact]
    public async Task DownloadAsync_RedirectLoop_EndsAfterTheAllowedNumber()
    {
        await using var server = new LocalServer(exchange =>
            exchange.HeadAsync("302 Found", "Location: /file", "Content-Length: 0"));

        var fault = await _bench.FailsAsync(server.Url());

        Assert.Contains("more than 5 redirects", fault.Found, StringComparison.Ordinal);
        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("Location: file:///etc/passwd", "not http or https")]
    [InlineData("Location: ftp://127.0.0.1/file", "not http or https")]
    [InlineData("X-Nothing: 1", "without an address")]
    public async Task DownloadAsync_RedirectElsewhere_IsRefused(string header, string found)
    {
        await using var server = new LocalServer(exchange =>
            exchange.HeadAsync("301 Moved Permanently", header, "Content-Length: 0"));

        var fault = await _bench.FailsAsync(server.Url());

        Assert.Contains(found, fault.Found, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task DownloadAsync_RedirectFromHttpsToHttp_IsRefused()
    {
        using var handler = new AnsweringHandler(_ => new HttpResponseMessage(HttpStatusCode.Found)
        {
            Headers = { Location = new Uri("http://127.0.0.1:9/file") },
        });

        var fault = await Assert.ThrowsAsync<DataFaultException>(() => _bench.DownloadAsync(
            DownloadBench.File(Content, "https://127.0.0.1:9/file"), handler: handler));

        Assert.Contains("from https to", fault.Found, StringComparison.Ordinal);
        Assert.Equal(1, handler.Count);
    }

    [Fact]
    public async Task DownloadAsync_NoServer_SaysSo()
    {
        string url;
        await using (var server = new LocalServer(exchange => exchange.StallAsync()))
        {
            url = server.Url();
        }

        Assert.Contains("no answer", (await _bench.FailsAsync(url)).Found, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DownloadAsync_AnswerIsNoHttp_SaysSo()
    {
        await using var server = new LocalServer(exchange => exchange.SendAsync("SSH-2.0-x\r\n\r\n"u8.ToArray()));

        await _bench.FailsAsync(server.Url());
    }

    [Fact]
    public async Task DownloadAsync_HeadersWithoutEnd_AreCut()
    {
        await using var server = new LocalServer(async exchange =>
        {
            await exchange.SendAsync("HTTP/1.1 200 OK\r\n"u8.ToArray());
            while (true)
            {
                await exchange.SendAsync("X-More: and more and more and more and more\r\n"u8.ToArray());
            }
        });

        await _bench.FailsAsync(server.Url());
    }

    [Fact]
    public async Task DownloadAsync_KeepsFailing_PausesLongerEachTimeUpToTheLongest()
    {
        using var handler = new AnsweringHandler(_ => new HttpResponseMessage(HttpStatusCode.BadGateway));
        var time = new HastyTime();
        var options = new DownloadOptions { StallTimeout = TimeSpan.FromMinutes(30), TriesPerMirror = 9 };

        await Assert.ThrowsAsync<DataFaultException>(() => _bench.DownloadAsync(
            DownloadBench.File(Content, "http://127.0.0.1:9/"), options, handler, time));

        Assert.Equal(9, handler.Count);
        double[] most = [1, 2, 4, 8, 16, 30, 30, 30];
        Assert.Equal(most.Length, time.Pauses.Count);
        Assert.All(most.Zip(time.Pauses), pair => Assert.InRange(pair.Second.TotalSeconds, pair.First / 2, pair.First));
    }

    [Fact]
    public async Task DownloadAsync_EveryTryBringsAMegabyte_DoesNotRunOutOfTries()
    {
        var large = DownloadBench.MakeContent(6 << 20);
        await using var server = new LocalServer(exchange =>
            exchange.ServeAsync(large, cutAfter: exchange.Request.From > 5 << 20 ? null : (1 << 20) + 1000));

        await _bench.DownloadAsync(DownloadBench.File(large, server.Url()));

        _bench.AssertLanded(large);
        Assert.True(server.Requests.Count > 3, $"{server.Requests.Count} requests");
    }

    [Fact]
    public async Task DownloadAsync_ServersThatDoAnything_EndVerifiedOrInOneLine()
    {
        var landed = 0;
        for (var trial = 0UL; trial < 40; trial++)
        {
            using var bench = new DownloadBench();
            var chance = new RandomStream(7, "tests/servers", trial);
            await using var server = new LocalServer(exchange => MisbehaveAsync(exchange, chance));
            try
            {
                await bench.DownloadAsync(DownloadBench.File(Content, server.Url()), DownloadBench.Impatient with
                {
                    StallTimeout = TimeSpan.FromMilliseconds(50),
                });
                bench.AssertLanded(Content);
                landed++;
            }
            catch (EnsembleException fault)
            {
                Assert.DoesNotContain('\n', fault.Message);
                Assert.Null(bench.Landed);
                Assert.DoesNotContain(DownloadBench.FileName, bench.UnderWay);
            }
        }

        Assert.InRange(landed, 5, 39);
    }

    private static Task MisbehaveAsync(LocalExchange exchange, RandomStream chance)
    {
        int choice, cut;
        lock (chance)
        {
            (choice, cut) = (chance.NextInt(12), chance.NextInt(Content.Length));
        }

        return choice switch
        {
            0 => exchange.StallAsync(),
            1 => exchange.HeadAsync("503 Service Unavailable", "Content-Length: 0"),
            2 => exchange.HeadAsync("302 Found", "Location: /again", "Content-Length: 0"),
            3 => exchange.HeadAsync("206 Partial Content", $"Content-Range: bytes {cut}-49999/50000"),
            4 => exchange.SendAsync(Content.AsMemory(0, cut)),
            5 => exchange.ServeAsync(DownloadBench.MakeContent(Content.Length, (ulong)cut), cutAfter: cut),
            6 => exchange.HeadAsync("416 Range Not Satisfiable", "Content-Length: 0"),
            7 or 8 => exchange.ServeAsync(Content, cutAfter: cut),
            9 => DropAsync(exchange, cut),
            _ => exchange.ServeAsync(Content),
        };
    }

    private static async Task DropAsync(LocalExchange exchange, int cut)
    {
        await exchange.ServeAsync(Content, cutAfter: cut);
        exchange.Drop();
    }
}
