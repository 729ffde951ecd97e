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
                /// <summary>Times gamma after every step_size epochs: <c>base gamma^floor(epoch / step_size)</c>.</summary>
                public class StepLR : LRScheduler
                {
                    private readonly int _stepSize;
                    private readonly double _gamma;

                    public StepLR(Optimizer optimizer, int step_size, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _stepSize = OptionRange.Positive(step_size, nameof(step_size));
                        _gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var factor = LastEpoch > 0 && LastEpoch % _stepSize == 0 ? _gamma : 1;
                        return CurrentRates.Select(rate => rate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                    {
                        var factor = Math.Pow(_gamma, LastEpoch / _stepSize);
                        return BaseRates.Select(rate => rate * factor);
                    }
                }
            }
        }
    }
}
