using System.Buffers.Binary;
using Ensemble.Runs;
using Ensemble.Tests.Storage;
using Google.Protobuf;

namespace Ensemble.Tests.Runs;

public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string PathOfFile => _folder.At(TensorBoardLog.FileName);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_Entries_AreEventsThatAnotherReaderUnderstands()
    {
        var log = new TensorBoardLog(PathOfFile, TimeProvider.System);
        log.Rewrite([Samples.Entry(1, 10)]);
        log.Append(Samples.Entry(2, 20) with { Accuracy = 0.75 });

        var events = Records(File.ReadAllBytes(PathOfFile)).Select(Event.Parse).ToArray();

        Assert.Equal(["brain.Event:2", null, null], events.Select(read => read.Version));
        Assert.Equal([0L, 10, 20], events.Select(read => read.Step));
        Assert.All(events, read => Assert.InRange(read.WallTime, 1.7e9, 5e9));
        Assert.Equal(
            new Dictionary<string, float> { ["loss/crossEntropy"] = 1f / 3, ["loss/KL"] = 1e-9f, ["learning rate"] = 0.1f, ["images per second"] = 1234.5f },
            events[1].Scalars);
        Assert.Equal(0.75f, events[2].Scalars["accuracy"]);
    }

    [Fact]
    public void Rewrite_FileThatIsThere_TakesItsPlace()
    {
        var log = new TensorBoardLog(PathOfFile, TimeProvider.System);
        log.Rewrite([Samples.Entry(1), Samples.Entry(2), Samples.Entry(3)]);
        log.Rewrite([Samples.Entry(1)]);

        Assert.Equal(2, Records(File.ReadAllBytes(PathOfFile)).Count());
    }

    [Fact]
    public void Checksum_OfTheStandardsExample_IsTheStandards() =>
        // RFC 3720, appendix B.4: 32 bytes of zeros.
        Assert.Equal(0x8A9136AAu, Checksum(new byte[32]));

    // TensorFlow's record format, read with a checksum of our own making: bit by bit, not by the processor.
    private static IEnumerable<byte[]> Records(byte[] file)
    {
        for (var place = 0; place < file.Length;)
        {
            var length = file[place..(place + 8)];
            var count = (int)BinaryPrimitives.ReadUInt64LittleEndian(length);
            var message = file[(place + 12)..(place + 12 + count)];
            Assert.Equal(Masked(length), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(place + 8)));
            Assert.Equal(Masked(message), BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(place + 12 + count)));
            yield return message;
            place += 16 + count;
        }
    }

    private static uint Masked(byte[] bytes)
    {
        var checksum = Checksum(bytes);
        return ((checksum >> 15) | (checksum << 17)) + 0xa282ead8;
    }

    private static uint Checksum(byte[] bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var value in bytes)
        {
            checksum ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                checksum = (checksum >> 1) ^ ((checksum & 1) == 0 ? 0 : 0x82F63B78);
            }
        }

        return ~checksum;
    }

    private sealed record Event(double WallTime, long Step, string? Version, Dictionary<string, float> Scalars)
    {
        public static Event Parse(byte[] message)
        {
            var read = new Event(0, 0, null, []);
            var input = new CodedInputStream(message);
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case 1: read = read with { WallTime = input.ReadDouble() }; break;
                    case 2: read = read with { Step = input.ReadInt64() }; break;
                    case 3: read = read with { Version = input.ReadString() }; break;
                    case 5: ParseSummary(input.ReadBytes().ToByteArray(), read.Scalars); break;
                    default: input.SkipLastField(); break;
                }
            }

            return read;
        }

        private static void ParseSummary(byte[] message, Dictionary<string, float> scalars)
        {
            var input = new CodedInputStream(message);
            while (input.ReadTag() != 0)
            {
                var value = new CodedInputStream(input.ReadBytes().ToByteArray());
                value.ReadTag();
                var name = value.ReadString();
                value.ReadTag();
                scalars.Add(name, value.ReadFloat());
            }
        }
    }
}
