using Ensemble.Data;
using Ensemble.Data.Images;
using Ensemble.Export.Onnx;
using Ensemble.Runs;

namespace Ensemble.Classification;

/// <summary>A trained classifier, ready for image files: one that a run trained, or one that was exported.</summary>
/// <example>
/// <code>
/// using var classifier = ImageClassifier.Load("runs/shapes/student");
/// var answer = classifier.Classify("cat.png");
/// Console.WriteLine($"{answer.ClassName} {answer.Probability:P1}");
/// </code>
/// </example>
/// <remarks>It computes on the CPU. One thread at a time may use it.</remarks>
public sealed class ImageClassifier : IDisposable
{
    /// <summary>Images that are computed together unless another number is asked for.</summary>
    public const int DefaultBatchSize = 64;

    private readonly IAnsweringNetwork _network;

    private ImageClassifier(IAnsweringNetwork network) => _network = network;

    /// <summary>The classes' names, in the order of the network's outputs; at least 2.</summary>
    public IReadOnlyList<string> ClassNames => _network.ClassNames;

    /// <summary>What images are resized to: channels (1 or 3), rows, columns.</summary>
    public ImageShape Shape => _network.Shape;

    /// <summary>Reads a classifier.</summary>
    /// <param name="path">
    /// The folder of a trained or exported model (model.json and model.safetensors), that model.safetensors, the folder of a
    /// run (its student is taken), or an ONNX file that this library exported.
    /// </param>
    /// <returns>The classifier; the caller disposes it.</returns>
    /// <exception cref="DataFaultException">There is no such model, or it is damaged.</exception>
    /// <exception cref="UnknownNameException">The model's architecture is not known here.</exception>
    /// <exception cref="MachineFaultException">A library is missing.</exception>
    public static ImageClassifier Load(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ImageFileDecoder.RequireLibrary();
        IAnsweringNetwork network = path.EndsWith(OnnxFile.Extension, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path)
            ? new OnnxNetwork(path)
            : new TrainedNetwork(FolderOf(path));
        if (PixelBatch.CanRead(network.Shape))
        {
            return new ImageClassifier(network);
        }

        network.Dispose();
        throw new DataFaultException(path, "a model of images of 1 or 3 channels", $"{network.Shape}", "name another model");
    }

    /// <summary>Classifies one image file: JPEG, PNG, GIF or BMP of any size.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Every class with its probability.</returns>
    /// <exception cref="DataFaultException">The file is no image, or cannot be read.</exception>
    public ImageAnswer Classify(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var found = Classify([path])[0];
        return found.Answer ?? throw new DataFaultException(path, "an image", found.Fault!, "replace the file");
    }

    /// <summary>Classifies many image files, a batch at a time, in their order. A file that cannot be read is no exception.</summary>
    /// <param name="paths">The files; read as the answers are taken.</param>
    /// <param name="batchSize">Images that are computed together, at least 1.</param>
    /// <returns>For each file an answer, or what is wrong with it.</returns>
    public IEnumerable<FileAnswer> ClassifyMany(IEnumerable<string> paths, int batchSize = DefaultBatchSize)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        return paths.Chunk(batchSize).SelectMany(Classify);
    }

    /// <inheritdoc/>
    public void Dispose() => _network.Dispose();

    private FileAnswer[] Classify(string[] paths)
    {
        var (pixels, faults) = PixelBatch.Read(paths, Shape);
        var readable = faults.Count(fault => fault is null);
        var answers = readable == 0 ? [] : _network.Answer(pixels, readable).Chunk(ClassNames.Count).ToArray();
        var next = 0;
        return [.. paths.Select((path, index) => new FileAnswer(path, faults[index] is null ? Rank(answers[next++]) : null, faults[index]))];
    }

    private ImageAnswer Rank(float[] probabilities) => new()
    {
        Ranked = [.. ClassNames.Zip(probabilities, (name, probability) => new ClassProbability(name, probability)).OrderByDescending(answer => answer.Probability)],
    };

    // A run without teachers has one network, the one trained alone.
    private static string OfRun(RunFolder run) =>
        !File.Exists(Path.Combine(run.StudentPath, ModelFile.RecordName)) && File.Exists(run.ResultsPath) ? run.BaselinePath : run.StudentPath;

    private static string FolderOf(string path)
    {
        if (File.Exists(path) && Path.GetFileName(path) == ModelFile.WeightsName)
        {
            return Path.GetDirectoryName(Path.GetFullPath(path))!;
        }

        var folder = File.Exists(Path.Combine(path, "run.json")) || File.Exists(Path.Combine(path, "sweep.json")) ? OfRun(RunFolder.Open(path)) : path;
        return File.Exists(Path.Combine(folder, ModelFile.RecordName))
            ? folder
            : throw new DataFaultException(
                path,
                $"a run's folder, a model's folder (with {ModelFile.RecordName}) or a file {OnnxFile.Extension}",
                Path.Exists(path) ? "another file, or a folder without a finished model" : "nothing",
                "check the path, or let the run finish");
    }
}
