using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Moves parameters along their gradients.</summary>
        /// <remarks>Owns its state tensors, and frees them when disposed; the parameters belong to their modules.</remarks>
        public abstract partial class Optimizer : IDisposable
        {
            private protected Optimizer()
            {
            }

            /// <summary>The learning rates of the groups, in the order in which the groups were added.</summary>
            public IEnumerable<ILearningRateController> ParamGroups => Groups;

            private protected List<ParamGroup> Groups { get; } = [];

            /// <summary>Adds parameters with options of their own; options left null take the optimiser's defaults.</summary>
            public abstract void add_param_group(ParamGroup param_group);

            /// <summary>Every parameter, group by group.</summary>
            public abstract IEnumerable<Parameter> parameters();

            /// <summary>Drops the gradients: they become null, so that the next backward pass writes instead of adding.</summary>
            public abstract void zero_grad();

            /// <summary>One update of every parameter that has a gradient; the others stay as they are.</summary>
            /// <param name="closure">Computes the loss and its gradients first; it runs with gradients recorded.</param>
            /// <returns>What the closure returned; null without one. It belongs to the caller.</returns>
            public abstract Tensor? step(Func<Tensor>? closure = null);

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (disposing) Free();
            }

            /// <summary>Disposes the state tensors.</summary>
            private protected abstract void Free();
        }
    }
}
