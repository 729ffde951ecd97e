namespace TorchSharp.Modules;

public partial class SGD
{
    /// <summary>The numbers of <see cref="SGD"/> for one group; null means the optimiser's default.</summary>
    public class Options : OptimizerOptions
    {
        public double? momentum;
        public double? dampening;
        public double? weight_decay;
        public bool? nesterov;
        public bool? maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            var other = Cast<Options>(source);
            base.LoadStateDict(source);
            momentum = other.momentum;
            dampening = other.dampening;
            weight_decay = other.weight_decay;
            nesterov = other.nesterov;
            maximize = other.maximize;
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = ReadNumber(reader);
            dampening = ReadNumber(reader);
            weight_decay = ReadNumber(reader);
            nesterov = ReadFlag(reader);
            maximize = ReadFlag(reader);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, momentum);
            Write(writer, dampening);
            Write(writer, weight_decay);
            Write(writer, nesterov);
            Write(writer, maximize);
        }

        internal void Complete(Options defaults)
        {
            LearningRate = OptionRange.NotNegative((LearningRate ?? defaults.LearningRate)!.Value, "lr");
            momentum = OptionRange.NotNegative((momentum ?? defaults.momentum)!.Value, nameof(momentum));
            dampening ??= defaults.dampening;
            weight_decay = OptionRange.NotNegative((weight_decay ?? defaults.weight_decay)!.Value, nameof(weight_decay));
            nesterov ??= defaults.nesterov;
            maximize ??= defaults.maximize;
            if (nesterov == true && (momentum == 0 || dampening != 0))
                throw new ArgumentException($"nesterov needs a momentum above 0 and no dampening; found momentum {momentum}, dampening {dampening}");
        }
    }
}
