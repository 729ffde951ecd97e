using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Ensemble.Tests.Data.Downloads;

/// <summary>Archives made in memory, sound or not.</summary>
internal static class Archives
{
    public static byte[] TarGz(params (string Name, string Text)[] files) => Gzip(Tar(files));

    public static byte[] Tar(params (string Name, string Text)[] files) => Tar(writer =>
    {
        foreach (var (name, text) in files)
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
            {
                DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)),
            });
        }
    });

    public static byte[] Tar(Action<TarWriter> write)
    {
        var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] content)
    {
        var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return stream.ToArray();
    }

    public static byte[] Zip(params (string Name, string Text)[] files) => Zip(zip =>
    {
        foreach (var (name, text) in files)
        {
            using var content = zip.CreateEntry(name).Open();
            content.Write(Encoding.UTF8.GetBytes(text));
        }
    });

    public static byte[] Zip(Action<ZipArchive> write)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            write(zip);
        }

        return stream.ToArray();
    }
}
