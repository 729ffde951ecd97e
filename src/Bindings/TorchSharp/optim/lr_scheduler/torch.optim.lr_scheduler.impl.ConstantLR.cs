using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The base rate times a factor before epoch total_iters, and the base rate from then on.</summary>
                public class ConstantLR : LRScheduler
                {
                    private readonly double _factor;
                    private readonly int _duration;

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="factor">Above 0 and at most 1.</param>
                    /// <param name="total_iters">Epochs with the factor.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Must be false.</param>
                    public ConstantLR(Optimizer optimizer, double factor = 1.0 / 3, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factor = OptionRange.Fraction(factor, nameof(factor));
                        _duration = OptionRange.Positive(total_iters, nameof(total_iters));
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var factor = LastEpoch == 0 ? _factor : LastEpoch == _duration ? 1 / _factor : 1;
                        return CurrentRates.Select(rate => rate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                    {
                        var factor = LastEpoch < _duration ? _factor : 1;
                        return BaseRates.Select(rate => rate * factor);
                    }
                }
            }
        }
    }
}
