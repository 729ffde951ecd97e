namespace TorchSharp.Modules;

public partial class Adam
{
    /// <summary>What <see cref="Adam"/> remembers of one parameter; each tensor has the parameter's shape and dtype.</summary>
    public sealed class State : OptimizerState, IAdamState, IDisposable
    {
        /// <summary>Steps taken.</summary>
        public long step;

        /// <summary>Decayed mean of the gradient.</summary>
        public torch.Tensor exp_avg;

        /// <summary>Decayed mean of the gradient's square.</summary>
        public torch.Tensor exp_avg_sq;

        /// <summary>The largest mean square so far; null without amsgrad.</summary>
        public torch.Tensor? max_exp_avg_sq;

        public State(Parameter parameter)
            : base(parameter)
        {
            exp_avg = Zeros();
            exp_avg_sq = Zeros();
        }

        ref long IAdamState.Step => ref step;

        ref torch.Tensor IAdamState.ExpAvg => ref exp_avg;

        ref torch.Tensor IAdamState.ExpAvgSq => ref exp_avg_sq;

        ref torch.Tensor? IAdamState.MaxExpAvgSq => ref max_exp_avg_sq;

        public override void Initialize(OptimizerOptions options) => AdamState.Initialize(this, (IAdamOptions)options);

        public override void LoadStateDict(OptimizerState source) => AdamState.Copy(Cast<State>(source), this);

        public override void LoadStateDict(BinaryReader reader) => AdamState.Load(this, reader);

        public override void SaveStateDict(BinaryWriter writer) => AdamState.Save(this, writer);

        public void Dispose() => AdamState.Dispose(this);
    }
}
