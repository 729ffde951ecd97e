namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>Sets the learning rates of an optimiser's groups, epoch by epoch.</summary>
            /// <remarks>It governs the groups that the optimiser has when the schedule is made.</remarks>
            public abstract class LRScheduler
            {
                private double[] _lastRates;

                /// <param name="optimizer">Whose learning rates are set.</param>
                /// <param name="last_epoch">The epoch before the first: -1 for a start, or the last one done to go on from it.</param>
                /// <param name="verbose">Must be false: this binding writes nothing to the console.</param>
                /// <exception cref="NotSupportedException"><paramref name="verbose"/> is set.</exception>
                private protected LRScheduler(Optimizer optimizer, int last_epoch = -1, bool verbose = false)
                {
                    if (verbose) throw new NotSupportedException("verbose schedules print, and this binding does not; read get_last_lr() after each step");
                    Optimizer = optimizer;
                    LastEpoch = last_epoch;
                    Groups = [.. optimizer.ParamGroups];
                    BaseRates = [.. Groups.Select(group => group.InitialLearningRate)];
                    _lastRates = [.. CurrentRates];
                }

                internal Optimizer Optimizer { get; }

                /// <summary>The epoch whose rates are set now, from 0.</summary>
                internal int LastEpoch { get; set; }

                internal int StepCount { get; set; }

                private protected ILearningRateController[] Groups { get; }

                /// <summary>The rates that the schedule starts from, one for each group.</summary>
                private protected double[] BaseRates { get; }

                private protected IEnumerable<double> CurrentRates => Groups.Select(group => group.LearningRate);

                /// <summary>The rates of the groups since the last step.</summary>
                public IEnumerable<double> get_last_lr() => _lastRates;

                /// <summary>Goes on to the next epoch.</summary>
                public virtual void step() => step(null);

                /// <summary>Goes on to the next epoch, or to the one given: from its formula, where the schedule has one.</summary>
                public virtual void step(int? epoch)
                {
                    StepCount++;
                    LastEpoch = epoch ?? LastEpoch + 1;
                    var rates = (epoch is null ? null : get_closed_form_lr()) ?? get_lr();
                    _lastRates = [.. rates];
                    for (var k = 0; k < Groups.Length; k++) Groups[k].LearningRate = _lastRates[k];
                }

                /// <summary>The rates of this epoch, from those of the one before.</summary>
                protected abstract IEnumerable<double> get_lr();

                /// <summary>The rates of this epoch from its number alone; null where the schedule has no such formula.</summary>
                protected virtual IEnumerable<double>? get_closed_form_lr() => null;
            }
        }
    }
}
