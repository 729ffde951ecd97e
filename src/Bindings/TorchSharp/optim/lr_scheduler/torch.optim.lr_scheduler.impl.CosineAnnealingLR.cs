namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Half a cosine from the base rate down to eta_min over T_max epochs, then up again, and so on.</summary>
                /// <remarks>
                /// <c>eta_min + (base - eta_min) (1 + cos(pi epoch / T_max)) / 2</c> (Loshchilov and Hutter 2017, arXiv 1608.03983,
                /// equation 5, without restarts). A step multiplies the distance to eta_min by the ratio of two such terms, so that
                /// a rate changed by hand is carried on.
                /// </remarks>
                public class CosineAnnealingLR : LRScheduler
                {
                    private readonly double _period;
                    private readonly double _floor;

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="T_max">Epochs from the base rate to the lowest one.</param>
                    /// <param name="eta_min">The lowest rate.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Must be false.</param>
                    public CosineAnnealingLR(Optimizer optimizer, double T_max, double eta_min = 0, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        if (!(T_max > 0)) throw new ArgumentException($"T_max is {T_max}; it must be above 0", nameof(T_max));
                        _period = T_max;
                        _floor = eta_min;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        if (LastEpoch == 0) return CurrentRates;
                        if (StepCount == 1) return get_closed_form_lr();

                        // At the bottom the ratio is 0 / 0 on the way up: there the distance is known from the base rate.
                        if ((LastEpoch - 1 - _period) % (2 * _period) == 0)
                        {
                            var rise = (1 - Math.Cos(Math.PI / _period)) / 2;
                            return CurrentRates.Zip(BaseRates, (rate, top) => rate + ((top - _floor) * rise));
                        }

                        var ratio = (1 + Math.Cos(Math.PI * LastEpoch / _period)) / (1 + Math.Cos(Math.PI * (LastEpoch - 1) / _period));
                        return CurrentRates.Select(rate => (ratio * (rate - _floor)) + _floor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                    {
                        var share = (1 + Math.Cos(Math.PI * LastEpoch / _period)) / 2;
                        return BaseRates.Select(top => _floor + ((top - _floor) * share));
                    }
                }
            }
        }
    }
}
