namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>What <see cref="SGD"/> remembers of one parameter.</summary>
    public sealed class State : OptimizerState, IDisposable
    {
        /// <summary>The decayed sum of past directions, of the parameter's shape; null before the first step with momentum.</summary>
        public torch.Tensor? momentum_buffer;

        public State(Parameter parameter)
            : base(parameter)
        {
        }

        public override void Initialize(OptimizerOptions options) => Dispose();

        public override void LoadStateDict(OptimizerState source) => Assign(ref momentum_buffer, Cast<State>(source).momentum_buffer);

        public override void LoadStateDict(BinaryReader reader) => LoadOptional(reader, ref momentum_buffer);

        public override void SaveStateDict(BinaryWriter writer) => SaveOptional(writer, momentum_buffer);

        public void Dispose()
        {
            momentum_buffer?.Dispose();
            momentum_buffer = null;
        }
    }
}
