using System.Text;
using Ensemble.Data;
using Ensemble.Teachers.External;
using Ensemble.Tests.Data;
using Ensemble.Tests.Data.Formats;
using Ensemble.Tests.Distillation;
using Ensemble.Tests.Oracle;

namespace Ensemble.Tests.Teachers.External;

public sealed class TeacherAnswersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_LogitsInAnyOrder_GivesThemByIndex()
    {
        var answers = Csv("index,logit_0,logit_1,logit_2\n1,1,2,3\r\n\n0,-0.5,1e2,0\n");

        Assert.Equal([-0.5f, 100, 0, 1, 2, 3], answers.Logits.ToArray());
        Assert.Equal((2, 3), (answers.SampleCount, answers.ClassCount));
    }

    [Fact]
    public void Read_Probabilities_GivesTheirLogarithms()
    {
        // The last digit of a rounded sum may be off; a zero is taken as 1e-8.
        var answers = Csv("index,probability_0,probability_1,probability_2\n0,0.5,0.25,0.25\n1,0,0.996,0.001\n");

        AssertNear([0.5, 0.25, 0.25], answers, 0);
        AssertNear([1e-8 / 0.997, 0.996 / 0.997, 0.001 / 0.997], answers, 1);
    }

    [Fact]
    public void Read_TopAnswers_SpreadsTheRestEvenly()
    {
        var answers = Csv("index,top_1,probability_1,top_2,probability_2\n0,2,0.7,0,0.1\n1,1,0.6,2,0.4\n", classes: 4);

        AssertNear([0.1, 0.1, 0.7, 0.1], answers, 0);
        AssertNear([1e-8, 0.6, 0.4, 1e-8], answers, 1);
    }

    [Fact]
    public void Read_Labels_TakesTheConfidence()
    {
        AssertNear([0.05, 0.9, 0.05], Csv("index,label\n0,1\n1,2\n"), 0);
        var surer = Csv("index,label\n0,1\n1,2\n", options: new AnswerOptions { HardConfidence = 0.98 });
        AssertNear([0.01, 0.01, 0.98], surer, 1);
        Assert.NotEqual(Csv("index,label\n0,1\n1,2\n").Checksum, surer.Checksum);
    }

    public static TheoryData<string, string> Faulty => new()
    {
        { "", "columns" },
        { "index,logit_0,logit_1\n0,1,2\n1,1,2\n", "columns" },
        { "index,logit_0,logit_1,logit_3\n", "columns" },
        { "0,1,2,3\n1,1,2,3\n", "columns" },
        { "index,logit_0,logit_1,logit_2\n0,1,2,3\n", "an answer to each of 2 samples" },
        { "index,logit_0,logit_1,logit_2\n0,1,2,3\n0,1,2,3\n", "line 3" },
        { "index,logit_0,logit_1,logit_2\n0,1,2,3\n2,1,2,3\n", "index of 0 to 1 in line 3" },
        { "index,logit_0,logit_1,logit_2\n-1,1,2,3\n", "line 2" },
        { "index,logit_0,logit_1,logit_2\n0,1,NaN,3\n1,1,2,3\n", "class 1 in line 2" },
        { "index,logit_0,logit_1,logit_2\n0,1,2,1e39\n1,1,2,3\n", "class 2 in line 2" },
        { "index,logit_0,logit_1,logit_2\n0,1,x,3\n", "a number in line 2" },
        { "index,logit_0,logit_1,logit_2\n0.5,1,2,3\n", "an integer in line 2" },
        { "index,logit_0,logit_1,logit_2\n0,1,2\n", "4 fields in line 2" },
        { "index,probability_0,probability_1,probability_2\n0,0.5,0.2,0.2\n", "sum 1 in line 2" },
        { "index,probability_0,probability_1,probability_2\n0,1.5,-0.5,0\n", "0 to 1 in line 2" },
        { "index,probability_0,probability_1,probability_2\n0,NaN,0.5,0.5\n", "0 to 1 in line 2" },
        { "index,top_1,probability_1\n0,3,0.5\n", "class of 0 to 2 in line 2" },
        { "index,top_1,probability_1\n0,2,0.1\n", "the most probable classes in line 2" },
        { "index,top_1,probability_1,top_2,probability_2\n0,1,0.5,1,0.4\n", "different classes in line 2" },
        { "index,top_1,probability_1,top_2,probability_2\n0,1,0.8,0,0.4\n", "at most 1 in line 2" },
        { "index,label\n0,1\n1,3\n", "class of 0 to 2 in line 3" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void Read_FaultyCsv_SaysWhere(string text, string expected)
    {
        var path = _folder.Write("answers.csv", text.Length == 0 ? "\n"u8.ToArray() : Encoding.UTF8.GetBytes(text));

        var fault = Assert.Throws<DataFaultException>(() => TeacherAnswers.Read(path, 2, 3));

        Assert.Equal(path, fault.Path);
        Assert.Contains(expected, fault.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TooLongMissingOrOfAnotherKind_IsAFault()
    {
        Assert.Contains("bytes", Assert.Throws<DataFaultException>(
            () => TeacherAnswers.Read(_folder.Write("long.csv", new byte[100_000]), 2, 3)).Expected, StringComparison.Ordinal);
        Assert.Throws<DataFaultException>(() => TeacherAnswers.Read(Path.Combine(_folder.FullPath, "absent.csv"), 2, 3));
        Assert.Throws<DataFaultException>(() => TeacherAnswers.Read(Path.Combine(_folder.FullPath, "absent.npz"), 2, 3));
        Assert.Throws<DataFaultException>(() => TeacherAnswers.Read(_folder.Write("answers.txt", [1]), 2, 3));
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.3)]
    [InlineData(double.NaN)]
    public void Read_ConfidenceOutOfRange_Throws(double confidence) => Assert.Throws<ArgumentException>(
        () => TeacherAnswers.Read("answers.csv", 2, 3, new AnswerOptions { HardConfidence = confidence }));

    [Fact]
    public void WriteCsv_ThenRead_GivesTheBitsBack()
    {
        var logits = HashedValues.Symmetric(7, 60, 30);
        var path = Path.Combine(_folder.FullPath, "written.csv");

        TeacherAnswers.WriteCsv(path, logits, 3);

        Assert.Equal(logits, TeacherAnswers.Read(path, 20, 3).Logits.ToArray());
        Assert.Throws<ArgumentException>(() => TeacherAnswers.WriteCsv(path, [1, float.NaN], 2));
        Assert.Throws<ArgumentException>(() => TeacherAnswers.WriteCsv(path, [1, 2, 3], 2));
    }

    [Fact]
    public void Read_NpzOfEveryKind_GivesTheAnswers()
    {
        Assert.Equal([1f, 2, 3, 4, 5, 6], Npz(("logits", Floats("(2, 3)", 1, 2, 3, 4, 5, 6))).Logits.ToArray());
        Assert.Equal([4f, 5, 6, 1, 2, 3], Npz(("logits", Doubles("(2, 3)", 1, 2, 3, 4, 5, 6)), ("indices", NpyFiles.Labels(1, 0))).Logits.ToArray());
        AssertNear([0.5, 0.25, 0.25], Npz(("probabilities", Floats("(2, 3)", 0.5f, 0.25f, 0.25f, 0, 1, 0))), 0);
        AssertNear([0.1, 0.1, 0.8], Npz(("top_classes", NpyFiles.Array("|u1", "(2, 1)", 2, 0)), ("top_probabilities", Floats("(2, 1)", 0.8f, 1))), 0);
        AssertNear([0.05, 0.05, 0.9], Npz(("labels", NpyFiles.Labels(1, 2))), 1);
    }

    [Fact]
    public void Read_FaultyNpz_SaysWhere()
    {
        Assert.Contains("one array", Fault(), StringComparison.Ordinal);
        Assert.Contains("one array", Fault(("logits", Floats("(2, 3)", 1, 2, 3, 4, 5, 6)), ("labels", NpyFiles.Labels(1, 2))), StringComparison.Ordinal);
        Assert.Contains("[2, 3]", Fault(("logits", Floats("(2, 2)", 1, 2, 3, 4))), StringComparison.Ordinal);
        Assert.Contains("floating-point", Fault(("logits", NpyFiles.Counting("(2, 3)", 6))), StringComparison.Ordinal);
        Assert.Contains("row 1 of logits", Fault(("logits", Floats("(2, 3)", 1, 2, 3, 4, float.NaN, 6))), StringComparison.Ordinal);
        Assert.Contains("row 1 of logits", Fault(("logits", Floats("(2, 3)", 1, 2, 3, 4, 5, 6)), ("indices", NpyFiles.Labels(1, 1))), StringComparison.Ordinal);
        Assert.Contains("indices as integers [2]", Fault(("logits", Floats("(2, 3)", 1, 2, 3, 4, 5, 6)), ("indices", NpyFiles.Labels(1))), StringComparison.Ordinal);
        Assert.Contains("each of 2 samples", Fault(("logits", Floats("(1, 3)", 1, 2, 3))), StringComparison.Ordinal);
        Assert.Contains("k of 1 to 3", Fault(("top_classes", NpyFiles.Labels(1, 2)), ("top_probabilities", Floats("(2,)", 1, 1))), StringComparison.Ordinal);
        Assert.Contains("labels as integers", Fault(("labels", Floats("(2,)", 1, 1))), StringComparison.Ordinal);

        string Fault(params (string, byte[])[] arrays) => Assert.Throws<DataFaultException>(() => Npz(arrays)).Expected;
    }

    [Fact]
    public void Read_MutatedFiles_ReadsOrIsADataFault()
    {
        (string Name, byte[] Content)[] originals =
        [
            ("a.csv", Encoding.UTF8.GetBytes("index,logit_0,logit_1,logit_2\n0,1,2,3\n1,-1,0.5,1e1\n")),
            ("b.csv", Encoding.UTF8.GetBytes("index,top_1,probability_1,top_2,probability_2\n0,2,0.7,0,0.1\n1,1,0.6,2,0.3\n")),
            ("c.csv", Encoding.UTF8.GetBytes("index,label\n0,1\n1,2\n")),
            ("d.npz", NpyFiles.Archive(("probabilities", Floats("(2, 3)", 0.5f, 0.25f, 0.25f, 0, 1, 0)), ("indices", NpyFiles.Labels(1, 0)))),
            ("e.npz", NpyFiles.Archive(System.IO.Compression.CompressionLevel.SmallestSize, ("top_classes", NpyFiles.Array("|u1", "(2, 1)", 2, 0)), ("top_probabilities", Floats("(2, 1)", 0.8f, 1)))),
        ];
        var refused = 0;
        for (var round = 0; round < 1000; round++)
        {
            var original = originals[round % originals.Length];
            var path = _folder.Write(original.Name, Mutation.Draw(new RandomStream(3, "test/answer-mutations", sample: (ulong)round), original.Content));

            var outcome = Record.Exception(() =>
            {
                var answers = TeacherAnswers.Read(path, 2, 3);
                Assert.All(answers.Logits.ToArray(), logit => Assert.True(float.IsFinite(logit)));
            });

            Assert.True(outcome is null or DataFaultException, $"round {round}: {outcome}");
            refused += outcome is null ? 0 : 1;
        }

        Assert.InRange(refused, 500, 999);
    }

    private static void AssertNear(double[] expected, TeacherAnswers answers, int sample)
    {
        var actual = Objectives.Softmax(answers.Logits.Span.Slice(sample * expected.Length, expected.Length));
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    private static byte[] Floats(string shape, params float[] values) => NpyFiles.Array("<f4", shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    private static byte[] Doubles(string shape, params double[] values) => NpyFiles.Array("<f8", shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    private TeacherAnswers Csv(string text, int classes = 3, AnswerOptions? options = null) =>
        TeacherAnswers.Read(_folder.Write("answers.csv", Encoding.UTF8.GetBytes(text)), 2, classes, options);

    private TeacherAnswers Npz(params (string, byte[])[] arrays) =>
        TeacherAnswers.Read(_folder.Write("answers.npz", NpyFiles.Archive(arrays)), 2, 3);
}
