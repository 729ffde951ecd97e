namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>The base rate times a function of the epoch: <c>base f(epoch)</c>.</summary>
                public class LambdaLR : LRScheduler
                {
                    private readonly Func<int, double>[] _factors;

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="lr_lambda">From the epoch, counted from 0, to the factor of every group.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Must be false.</param>
                    public LambdaLR(Optimizer optimizer, Func<int, double> lr_lambda, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, optimizer.ParamGroups.Select(_ => lr_lambda), last_epoch, verbose)
                    {
                    }

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="lr_lambdas">One function for each group.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Must be false.</param>
                    /// <exception cref="ArgumentException">There are not as many functions as groups.</exception>
                    public LambdaLR(Optimizer optimizer, IEnumerable<Func<int, double>> lr_lambdas, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _factors = [.. lr_lambdas];
                        if (_factors.Length != Groups.Length)
                            throw new ArgumentException($"{_factors.Length} functions given for {Groups.Length} groups", nameof(lr_lambdas));
                        step();
                    }

                    protected override IEnumerable<double> get_lr() => BaseRates.Zip(_factors, (rate, factor) => rate * factor(LastEpoch));
                }
            }
        }
    }
}
