using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Records no gradients on this thread until disposed.</summary>
    public static IDisposable no_grad() => new GradModeScope(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradModeScope(enabled);

    public static IDisposable inference_mode(bool mode = true) => new InferenceModeScope(mode);

    public static bool is_grad_enabled() => NativeMethods.ens_grad_enabled() != 0;

    /// <summary>Gradients by name, without accumulating into the leaves.</summary>
    public static class autograd
    {
        /// <summary>d(sum of outputs . grad_outputs) / d(inputs), one for each input; null where unused.</summary>
        public static unsafe IList<Tensor> grad(IList<Tensor> outputs, IList<Tensor> inputs, IList<Tensor>? grad_outputs = null, bool retain_graph = false, bool create_graph = false, bool allow_unused = false)
        {
            nint[] from = Handles(outputs), to = Handles(inputs), seeds = Handles(grad_outputs), results = new nint[to.Length];
            fixed (nint* o = from, i = to, g = seeds, r = results)
            {
                NativeMethods.Check(NativeMethods.ens_grad(o, grad_outputs is null ? null : g, from.Length, i, to.Length, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, allow_unused ? 1 : 0, r));
            }

            GC.KeepAlive(outputs);
            GC.KeepAlive(inputs);
            GC.KeepAlive(grad_outputs);
            return results.Select(handle => Tensor.OwnOrNull(handle)!).ToArray();
        }

        internal static nint[] Handles(IList<Tensor>? tensors) => tensors?.Select(tensor => tensor.Handle).ToArray() ?? [];
    }

    public partial class Tensor
    {
        /// <summary>Adds d(this) / d(leaf) to the gradient of every leaf; this is a scalar.</summary>
        public void backward() => backward(null);

        public unsafe void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false, IList<Tensor>? inputs = null)
        {
            var self = Handle;
            nint[] seeds = autograd.Handles(grad_tensors), only = autograd.Handles(inputs);
            fixed (nint* g = seeds, i = only)
            {
                NativeMethods.Check(NativeMethods.ens_backward(&self, grad_tensors is null ? null : g, 1, retain_graph || create_graph ? 1 : 0, create_graph ? 1 : 0, i, only.Length));
            }

            GC.KeepAlive(this);
            GC.KeepAlive(grad_tensors);
            GC.KeepAlive(inputs);
        }
    }
}
