namespace TorchSharp.Modules;

/// <summary>What an optimiser remembers of one parameter. Owns its tensors, on the parameter's device and of its shape.</summary>
public abstract class OptimizerState
{
    private protected readonly Parameter _parameter;

    private protected OptimizerState(Parameter parameter) => _parameter = parameter;

    /// <summary>Prepares for the first step.</summary>
    public abstract void Initialize(OptimizerOptions options);

    /// <summary>
    /// Takes over copies of what another state remembers. Loading a state into itself takes ownership of tensors that were
    /// put into its fields.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="source"/> is of another optimiser, or of another shape.</exception>
    public abstract void LoadStateDict(OptimizerState source);

    /// <exception cref="InvalidDataException">What is read was written for a parameter of another shape.</exception>
    public abstract void LoadStateDict(BinaryReader reader);

    public abstract void SaveStateDict(BinaryWriter writer);

    private protected static TState Cast<TState>(OptimizerState source)
        where TState : OptimizerState =>
        source as TState ?? throw new ArgumentException($"expected a state of {typeof(TState).FullName}, found {source.GetType().FullName}", nameof(source));

    // dtype, dimensions, sizes, then the values in row-major order.
    internal static void Save(BinaryWriter writer, torch.Tensor tensor)
    {
        using var scope = torch.NewDisposeScope();
        var host = tensor.detach().cpu().contiguous();
        writer.Write((int)host.dtype);
        writer.Write((int)host.dim());
        foreach (var size in host.shape) writer.Write(size);
        writer.Write(host.bytes);
    }

    internal static void SaveOptional(BinaryWriter writer, torch.Tensor? tensor)
    {
        writer.Write(tensor is not null);
        if (tensor is not null) Save(writer, tensor);
    }

    internal torch.Tensor Zeros() => _parameter.zeros_like().DetachFromDisposeScope();

    internal void Load<T>(BinaryReader reader, ref T field)
        where T : torch.Tensor?
    {
        var dtype = (torch.ScalarType)reader.ReadInt32();
        var shape = new long[reader.ReadInt32()];
        for (var k = 0; k < shape.Length; k++) shape[k] = reader.ReadInt64();
        if (!shape.AsSpan().SequenceEqual(_parameter.shape))
            throw new InvalidDataException($"optimiser state: expected a tensor of shape [{Join(_parameter.shape)}], found [{Join(shape)}]; it was saved for another model");
        using var loaded = torch.empty(shape, dtype);
        reader.ReadExactly(loaded.bytes);
        Assign(ref field, (T)loaded);
    }

    internal void LoadOptional(BinaryReader reader, ref torch.Tensor? field)
    {
        if (reader.ReadBoolean()) Load(reader, ref field);
        else Assign(ref field, null);
    }

    internal void Assign<T>(ref T field, T source)
        where T : torch.Tensor?
    {
        if (ReferenceEquals(field, source))
        {
            field?.DetachFromDisposeScope();
            return;
        }

        var copy = source is null ? source : (T)Copy(source);
        field?.Dispose();
        field = copy;
    }

    // Laid out as the parameter is in memory, so that an update runs over both in the same order.
    private torch.Tensor Copy(torch.Tensor source)
    {
        if (!source.shape.AsSpan().SequenceEqual(_parameter.shape))
            throw new ArgumentException($"expected a state of shape [{Join(_parameter.shape)}], found [{Join(source.shape)}]", nameof(source));
        using var scope = torch.NewDisposeScope();
        using var off = torch.no_grad();
        var copy = _parameter.empty_like(source.dtype);
        copy.copy_(source);
        return copy.DetachFromDisposeScope();
    }

    private static string Join(long[] shape) => string.Join(", ", shape);
}
