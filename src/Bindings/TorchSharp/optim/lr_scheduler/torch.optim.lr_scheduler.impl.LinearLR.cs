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
                /// <summary>The base rate times a factor that goes in a straight line over total_iters epochs: a warm-up.</summary>
                /// <remarks><c>base (start_factor + (end_factor - start_factor) min(epoch, total_iters) / total_iters)</c>.</remarks>
                public class LinearLR : LRScheduler
                {
                    private readonly double _start;
                    private readonly double _end;
                    private readonly int _duration;

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="start_factor">Factor of epoch 0, above 0 and at most 1.</param>
                    /// <param name="end_factor">Factor from epoch total_iters on, in [0, 1].</param>
                    /// <param name="total_iters">Epochs from the one to the other.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Must be false.</param>
                    public LinearLR(Optimizer optimizer, double start_factor = 1.0 / 3, double end_factor = 1, int total_iters = 5, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _start = OptionRange.Fraction(start_factor, nameof(start_factor));
                        _end = end_factor is >= 0 and <= 1 ? end_factor : throw new ArgumentException($"end_factor is {end_factor}; it must be at least 0 and at most 1", nameof(end_factor));
                        _duration = OptionRange.Positive(total_iters, nameof(total_iters));
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var factor = LastEpoch == 0 ? _start : LastEpoch > _duration ? 1 : Factor(LastEpoch) / Factor(LastEpoch - 1);
                        return CurrentRates.Select(rate => rate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                    {
                        var factor = Factor(LastEpoch);
                        return BaseRates.Select(rate => rate * factor);
                    }

                    private double Factor(int epoch) => _start + ((_end - _start) * Math.Min(epoch, _duration) / _duration);
                }
            }
        }
    }
}
