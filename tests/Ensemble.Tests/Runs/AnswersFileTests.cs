using Ensemble.Measurement;
using Ensemble.Runs;
using Ensemble.Tests.Data;

namespace Ensemble.Tests.Runs;

public sealed class AnswersFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => Path.Combine(_folder.FullPath, "evaluation", "answers.bin");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var file = Sample();
        file.Write(FilePath);

        var read = AnswersFile.Read(FilePath);

        Assert.Equal(file.Labels, read.Labels);
        Assert.Equal(file.Header.ClassNames, read.Header.ClassNames);
        Assert.Equal(file.Answers[1].LogProbabilities.ToArray(), read.Answers[1].LogProbabilities.ToArray());
        Assert.Equal(file.Pictures[0].ToArray(), read.Pictures[0].ToArray());
        Assert.Same(read.Answers[0], read.Find(ModelRole.Ensemble));
        Assert.Same(read.Answers[1], read.FindSoftened(4));
        Assert.Null(read.FindSoftened(3));
        Assert.Null(read.Find(ModelRole.Student));
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5)]
    [InlineData(0)]
    public void Read_TornFile_IsRefused(int kept)
    {
        Sample().Write(FilePath);
        File.WriteAllBytes(FilePath, File.ReadAllBytes(FilePath)[..kept]);

        var fault = Assert.Throws<DataFaultException>(() => AnswersFile.Read(FilePath));

        Assert.Equal(FilePath, fault.Path);
        Assert.Contains("type the command that made the run again", fault.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EveryChangedByte_IsRefused()
    {
        Sample().Write(FilePath);
        var content = File.ReadAllBytes(FilePath);
        for (var index = 0; index < content.Length; index++)
        {
            var changed = content.ToArray();
            changed[index] ^= 0x41;
            File.WriteAllBytes(FilePath, changed);
            Assert.Throws<DataFaultException>(() => AnswersFile.Read(FilePath));
        }
    }

    [Fact]
    public void Read_ForeignOrMissingFile_IsRefused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        Assert.Equal("no such file", Assert.Throws<DataFaultException>(() => AnswersFile.Read(FilePath)).Found);
        File.WriteAllText(FilePath, new string('x', 200));
        Assert.Equal("another file", Assert.Throws<DataFaultException>(() => AnswersFile.Read(FilePath)).Found);
    }

    [Fact]
    public void Write_PartsThatDoNotFit_AreNamedTogether()
    {
        var file = Sample();
        var broken = new AnswersFile { Header = file.Header, Labels = [0, 5], Answers = [file.Answers[0]], Pictures = [] };

        var fault = Assert.Throws<ArgumentException>(() => broken.Write(FilePath));

        Assert.All(new[] { "labels", "answers", "pictures" }, part => Assert.Contains(part, fault.Message, StringComparison.Ordinal));
        Assert.False(File.Exists(FilePath));
    }

    private static AnswersFile Sample() => new()
    {
        Header = new AnswersHeader
        {
            Recipe = new string('a', 64),
            DataChecksum = new string('b', 64),
            Weights = [new string('c', 64)],
            ClassNames = ["<b>", "dog"],
            Count = 2,
            Models =
            [
                new AnsweringModel { Name = "ensemble of 2", Role = ModelRole.Ensemble, Temperature = 1 },
                new AnsweringModel { Name = "ensemble of 2", Role = ModelRole.Ensemble, Temperature = 4 },
            ],
            Pictures = [new PictureRecord { Image = 1, Bytes = 3 }],
        },
        Labels = [1, 0],
        Answers = [ModelAnswers.FromLogits([1f, 2f, 3f, 4f], 2), ModelAnswers.FromLogits([0.5f, 1f, 2f, 2f], 2)],
        Pictures = [new byte[] { 1, 2, 3 }],
    };
}
