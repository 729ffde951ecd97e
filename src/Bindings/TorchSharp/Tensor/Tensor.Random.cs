using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        public Tensor uniform_(double from, double to, Generator? generator = null) => Ops.uniform_.Invoke(this, from, to, generator);
        public Tensor normal_(double mean = 0, double std = 1, Generator? generator = null) => Ops.normal_.Invoke(this, mean, std, generator);
        public Tensor bernoulli_(double p = 0.5, Generator? generator = null) => Ops.bernoulli__float.Invoke(this, p, generator);
        public Tensor bernoulli(Generator? generator = null) => Ops.bernoulli.Invoke(this, generator);
        public Tensor multinomial(long num_samples, bool replacement = false, Generator? generator = null) => Ops.multinomial.Invoke(this, num_samples, replacement, generator);
    }
}
