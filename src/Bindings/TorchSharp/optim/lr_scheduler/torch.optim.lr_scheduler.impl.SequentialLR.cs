namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            public static partial class impl
            {
                /// <summary>Schedules one after another: schedule k + 1 starts, at its own epoch 0, when milestone k is reached.</summary>
                /// <remarks>
                /// Made from schedules that have set their first rates already: the rates go back to their base, and the first schedule
                /// sets its own again.
                /// </remarks>
                public class SequentialLR : LRScheduler
                {
                    private readonly LRScheduler[] _schedulers;
                    private readonly int[] _milestones;

                    /// <param name="optimizer">Whose learning rates are set.</param>
                    /// <param name="schedulers">Schedules of the same optimiser, fresh ones.</param>
                    /// <param name="milestones">Epochs in rising order, one fewer than the schedules.</param>
                    /// <param name="last_epoch">Must be -1: a sequence goes on by taking as many steps again.</param>
                    /// <exception cref="ArgumentException">A schedule is of another optimiser, or the milestones do not fit.</exception>
                    public SequentialLR(Optimizer optimizer, IEnumerable<LRScheduler> schedulers, IEnumerable<int> milestones, int last_epoch = -1)
                        : base(optimizer, last_epoch)
                    {
                        _schedulers = [.. schedulers];
                        _milestones = [.. milestones];
                        if (last_epoch != -1)
                            throw new ArgumentException("a sequence of schedules starts at its first epoch; to go on with one, step() it as often as before", nameof(last_epoch));
                        if (_schedulers.Any(scheduler => scheduler.Optimizer != optimizer))
                            throw new ArgumentException("every schedule of a sequence must set the rates of the same optimiser", nameof(schedulers));
                        if (_milestones.Length != _schedulers.Length - 1)
                            throw new ArgumentException($"{_milestones.Length} milestones given for {_schedulers.Length} schedules; there must be one fewer than schedules", nameof(milestones));
                        if (_milestones.Zip(_milestones.Skip(1)).Any(pair => pair.First >= pair.Second))
                            throw new ArgumentException($"the milestones [{string.Join(", ", _milestones)}] do not rise", nameof(milestones));
                        foreach (var group in Groups) group.LearningRate = group.InitialLearningRate;
                        foreach (var scheduler in _schedulers) scheduler.LastEpoch--;
                        _schedulers[0].StepCount = 0;
                        step();
                    }

                    /// <summary>Takes a step of the schedule whose turn it is, and gives its rates.</summary>
                    protected override IEnumerable<double> get_lr()
                    {
                        var turn = _milestones.Count(milestone => milestone <= LastEpoch);
                        var scheduler = _schedulers[turn];
                        if (turn > 0 && _milestones[turn - 1] == LastEpoch) scheduler.step((int?)0);
                        else scheduler.step();
                        return scheduler.get_last_lr();
                    }
                }
            }
        }
    }
}
