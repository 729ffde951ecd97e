namespace TorchSharp.Modules;

/// <summary>The numbers that one group of parameters is trained with. Null means the optimiser's default.</summary>
public class OptimizerOptions
{
    public double? LearningRate { get; set; }

    public double InitialLearningRate { get; set; }

    /// <summary>Takes over the numbers of another.</summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> belongs to another optimiser.</exception>
    public virtual void LoadStateDict(OptimizerOptions source)
    {
        LearningRate = source.LearningRate;
        InitialLearningRate = source.InitialLearningRate;
    }

    public virtual void LoadStateDict(BinaryReader reader)
    {
        LearningRate = ReadNumber(reader);
        InitialLearningRate = reader.ReadDouble();
    }

    public virtual void SaveStateDict(BinaryWriter writer)
    {
        Write(writer, LearningRate);
        writer.Write(InitialLearningRate);
    }

    internal static TOptions Cast<TOptions>(OptimizerOptions source)
        where TOptions : OptimizerOptions =>
        source as TOptions ?? throw new ArgumentException($"expected options of {typeof(TOptions).FullName}, found {source.GetType().FullName}", nameof(source));

    private protected static double? ReadNumber(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadDouble() : null;

    private protected static bool? ReadFlag(BinaryReader reader) => reader.ReadBoolean() ? reader.ReadBoolean() : null;

    private protected static void Write(BinaryWriter writer, double? number)
    {
        writer.Write(number.HasValue);
        if (number is { } value) writer.Write(value);
    }

    private protected static void Write(BinaryWriter writer, bool? flag)
    {
        writer.Write(flag.HasValue);
        if (flag is { } value) writer.Write(value);
    }
}
