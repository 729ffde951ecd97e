namespace TorchSharp.Modules;

public partial class AdamW
{
    /// <summary>The numbers of <see cref="AdamW"/> for one group; null means the optimiser's default.</summary>
    public class Options : OptimizerOptions, IAdamOptions
    {
        public double? beta1;
        public double? beta2;
        public double? eps;
        public double? weight_decay;
        public bool? amsgrad;
        public bool? maximize;

        ref double? IAdamOptions.Beta1 => ref beta1;

        ref double? IAdamOptions.Beta2 => ref beta2;

        ref double? IAdamOptions.Epsilon => ref eps;

        ref double? IAdamOptions.WeightDecay => ref weight_decay;

        ref bool? IAdamOptions.AmsGrad => ref amsgrad;

        ref bool? IAdamOptions.Maximize => ref maximize;

        public override void LoadStateDict(OptimizerOptions source)
        {
            AdamOptions.Copy(Cast<Options>(source), this);
            base.LoadStateDict(source);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = ReadNumber(reader);
            beta2 = ReadNumber(reader);
            eps = ReadNumber(reader);
            weight_decay = ReadNumber(reader);
            amsgrad = ReadFlag(reader);
            maximize = ReadFlag(reader);
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            Write(writer, beta1);
            Write(writer, beta2);
            Write(writer, eps);
            Write(writer, weight_decay);
            Write(writer, amsgrad);
            Write(writer, maximize);
        }
    }
}
