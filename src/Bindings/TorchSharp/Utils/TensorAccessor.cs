using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>The values of a tensor on the CPU as .NET numbers, in row-major order.</summary>
/// <typeparam name="T">The .NET type of the tensor's dtype.</typeparam>
public sealed class TensorAccessor<T> : IEnumerable<T>, IDisposable
    where T : unmanaged
{
    private readonly torch.Tensor _tensor;

    internal TensorAccessor(torch.Tensor tensor) => _tensor = tensor;

    /// <summary>How many values there are.</summary>
    public long Count => _tensor.numel();

    public T[] ToArray()
    {
        var values = new T[Count];
        CopyTo(values);
        return values;
    }

    /// <summary>Copies every value from <paramref name="tensorIndex"/> on.</summary>
    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (_tensor.is_contiguous())
        {
            Values(_tensor)[(int)tensorIndex..].CopyTo(array[arrayIndex..]);
            return;
        }

        using var packed = _tensor.contiguous();
        Values(packed)[(int)tensorIndex..].CopyTo(array[arrayIndex..]);
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    /// <summary>Overwrites the values of a contiguous tensor from <paramref name="tensorIndex"/> on.</summary>
    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0) =>
        array[arrayIndex..].CopyTo(Values(_tensor)[(int)tensorIndex..]);

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Nothing to free: the tensor owns the memory.</summary>
    public void Dispose()
    {
    }

    private static Span<T> Values(torch.Tensor tensor) => MemoryMarshal.Cast<byte, T>(tensor.bytes);
}
