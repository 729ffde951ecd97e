namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Times gamma at each milestone: <c>base gamma^(milestones at or before the epoch)</c>.</summary>
                public class MultiStepLR : LRScheduler
                {
                    private readonly int[] _milestones;
                    private readonly double _gamma;

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="milestones">Epochs, in any order; one that stands twice counts twice.</param>
                    /// <param name="gamma">The factor of each milestone.</param>
                    /// <param name="last_epoch">The epoch before the first.</param>
                    /// <param name="verbose">Must be false.</param>
                    public MultiStepLR(Optimizer optimizer, IList<int> milestones, double gamma = 0.1, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _milestones = [.. milestones];
                        _gamma = gamma;
                        step();
                    }

                    protected override IEnumerable<double> get_lr()
                    {
                        var factor = Math.Pow(_gamma, _milestones.Count(milestone => milestone == LastEpoch));
                        return CurrentRates.Select(rate => rate * factor);
                    }

                    protected override IEnumerable<double> get_closed_form_lr()
                    {
                        var factor = Math.Pow(_gamma, _milestones.Count(milestone => milestone <= LastEpoch));
                        return BaseRates.Select(rate => rate * factor);
                    }
                }
            }
        }
    }
}
