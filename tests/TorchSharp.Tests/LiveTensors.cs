namespace TorchSharp.Tests;

/// <summary>Counts tensors without those that earlier tests forgot, which finalisers would take away in mid-count.</summary>
internal static class LiveTensors
{
    /// <summary>Tensors alive after every unreachable one was finalised.</summary>
    public static long Count()
    {
#pragma warning disable RS0030 // A count that others' garbage may lower is no count.
        GC.Collect();
#pragma warning restore RS0030
        GC.WaitForPendingFinalizers();
        return torch.Tensor.TotalCount;
    }
}
