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
                /// <summary>Up to a high rate and down to a very low one within one run, with the momentum going the other way.</summary>
                /// <remarks>
                /// Smith and Topin 2017, arXiv 1708.07120, as in PyTorch's OneCycleLR. From <c>max_lr / div_factor</c> to max_lr until step
                /// <c>pct_start total_steps - 1</c>, then to <c>max_lr / div_factor / final_div_factor</c> at step <c>total_steps - 1</c>;
                /// with three phases, down to the first rate as fast as up, and from there to the last. The momentum, or Adam's beta1, goes
                /// from max_momentum to base_momentum and back. Between a and b a phase gives <c>b + (a - b) (1 + cos(pi x)) / 2</c> or
                /// <c>a + (b - a) x</c>, x being the share of the phase that is done.
                /// </remarks>
                public class OneCycleLR : LRScheduler
                {
                    private readonly int _totalSteps;
                    private readonly AnnealStrategy _strategy;
                    private readonly Cycle[] _cycles;
                    private readonly Phase[] _phases;
                    private readonly bool _cycleMomentum;

                    /// <param name="optimizer">Whose learning rates and momenta are set.</param>
                    /// <param name="max_lr">The highest rate.</param>
                    /// <param name="total_steps">Steps of the whole cycle; left out, epochs times steps_per_epoch.</param>
                    /// <param name="epochs">Epochs of the whole cycle.</param>
                    /// <param name="steps_per_epoch">Steps of each.</param>
                    /// <param name="pct_start">The share of the cycle in which the rate rises, in [0, 1].</param>
                    /// <param name="anneal_strategy">The shape of a phase.</param>
                    /// <param name="cycle_momentum">Whether the momentum, or beta1, is cycled too.</param>
                    /// <param name="base_momentum">The lowest momentum.</param>
                    /// <param name="max_momentum">The highest momentum.</param>
                    /// <param name="div_factor">The highest rate over the first.</param>
                    /// <param name="final_div_factor">The first rate over the last.</param>
                    /// <param name="three_phase">Whether the fall to the first rate is a phase of its own.</param>
                    /// <param name="last_epoch">The step before the first.</param>
                    /// <param name="verbose">Must be false.</param>
                    /// <exception cref="ArgumentException">A number is out of range, or the groups have no momentum to cycle.</exception>
                    public OneCycleLR(Optimizer optimizer, double max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, double base_momentum = 0.85, double max_momentum = 0.95, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : this(optimizer, Repeat(optimizer, max_lr), total_steps, epochs, steps_per_epoch, pct_start, anneal_strategy, cycle_momentum, Repeat(optimizer, base_momentum), Repeat(optimizer, max_momentum), div_factor, final_div_factor, three_phase, last_epoch, verbose)
                    {
                    }

                    /// <inheritdoc cref="OneCycleLR(Optimizer, double, int, int, int, double, AnnealStrategy, bool, double, double, double, double, bool, int, bool)"/>
                    public OneCycleLR(Optimizer optimizer, IEnumerable<double> max_lr, int total_steps = -1, int epochs = -1, int steps_per_epoch = -1, double pct_start = 0.3, AnnealStrategy anneal_strategy = AnnealStrategy.Cos, bool cycle_momentum = true, IEnumerable<double>? base_momentum = null, IEnumerable<double>? max_momentum = null, double div_factor = 25, double final_div_factor = 10000, bool three_phase = false, int last_epoch = -1, bool verbose = false)
                        : base(optimizer, last_epoch, verbose)
                    {
                        _totalSteps = total_steps != -1
                            ? OptionRange.Positive(total_steps, nameof(total_steps))
                            : OptionRange.Positive(epochs, nameof(epochs)) * OptionRange.Positive(steps_per_epoch, nameof(steps_per_epoch));
                        if (pct_start is not (>= 0 and <= 1)) throw new ArgumentException($"pct_start is {pct_start}; it must be at least 0 and at most 1", nameof(pct_start));
                        _strategy = anneal_strategy;
                        _cycleMomentum = cycle_momentum;
                        if (cycle_momentum && !Groups.All(group => group is IMomentum or IBetas))
                            throw new ArgumentException("a group has neither momentum nor betas to cycle; set cycle_momentum to false", nameof(cycle_momentum));
                        _phases = Phases(pct_start * _totalSteps, three_phase);
                        double[] peaks = ForEachGroup(max_lr, nameof(max_lr)),
                            lows = ForEachGroup(base_momentum ?? Repeat(optimizer, 0.85), nameof(base_momentum)),
                            highs = ForEachGroup(max_momentum ?? Repeat(optimizer, 0.95), nameof(max_momentum));
                        _cycles = [.. peaks.Select((peak, k) => new Cycle(peak / div_factor, peak, peak / div_factor / final_div_factor, lows[k], highs[k]))];
                        if (last_epoch == -1)
                        {
                            for (var k = 0; k < Groups.Length; k++) Groups[k].InitialLearningRate = _cycles[k].First;
                        }

                        step();
                    }

                    /// <exception cref="InvalidOperationException">The cycle is over.</exception>
                    protected override IEnumerable<double> get_lr()
                    {
                        // The training loop steps once more after its last batch; the rate of that step is not used.
                        if (LastEpoch > _totalSteps)
                            throw new InvalidOperationException($"the cycle has {_totalSteps} steps; step {LastEpoch + 1} was asked for");
                        var index = Array.FindIndex(_phases, phase => LastEpoch <= phase.End);
                        if (index < 0) index = _phases.Length - 1;
                        var phase = _phases[index];
                        var start = index == 0 ? 0 : _phases[index - 1].End;

                        // A phase without length is at its end.
                        var share = phase.End == start ? 1 : (LastEpoch - start) / (phase.End - start);
                        if (_cycleMomentum) SetMomentum(phase, share);
                        return _cycles.Select(cycle => Anneal(phase.FromRate(cycle), phase.ToRate(cycle), share));
                    }

                    private static IEnumerable<double> Repeat(Optimizer optimizer, double value) => optimizer.ParamGroups.Select(_ => value);

                    private double[] ForEachGroup(IEnumerable<double> values, string name)
                    {
                        double[] found = [.. values];
                        return found.Length == Groups.Length ? found : throw new ArgumentException($"{found.Length} values given for {Groups.Length} groups", name);
                    }

                    private Phase[] Phases(double rise, bool three)
                    {
                        var up = new Phase(rise - 1, cycle => cycle.First, cycle => cycle.Peak, cycle => cycle.High, cycle => cycle.Low);
                        return three
                            ?
                            [
                                up,
                                new((2 * rise) - 2, cycle => cycle.Peak, cycle => cycle.First, cycle => cycle.Low, cycle => cycle.High),
                                new(_totalSteps - 1, cycle => cycle.First, cycle => cycle.Last, cycle => cycle.High, cycle => cycle.High),
                            ]
                            : [up, new(_totalSteps - 1, cycle => cycle.Peak, cycle => cycle.Last, cycle => cycle.Low, cycle => cycle.High)];
                    }

                    private void SetMomentum(Phase phase, double share)
                    {
                        for (var k = 0; k < Groups.Length; k++)
                        {
                            var momentum = Anneal(phase.FromMomentum(_cycles[k]), phase.ToMomentum(_cycles[k]), share);
                            if (Groups[k] is IBetas adam) adam.Betas = (momentum, adam.Betas.Item2);
                            else ((IMomentum)Groups[k]).Momentum = momentum;
                        }
                    }

                    private double Anneal(double from, double to, double share) =>
                        _strategy == AnnealStrategy.Cos ? to + ((from - to) / 2 * (Math.Cos(Math.PI * share) + 1)) : from + ((to - from) * share);

                    /// <summary>The shape of a phase.</summary>
                    public enum AnnealStrategy
                    {
                        Cos = 0,
                        Linear = 1,
                    }

                    // The three rates and two momenta of one group.
                    private sealed record Cycle(double First, double Peak, double Last, double Low, double High);

                    private sealed record Phase(double End, Func<Cycle, double> FromRate, Func<Cycle, double> ToRate, Func<Cycle, double> FromMomentum, Func<Cycle, double> ToMomentum);
                }
            }
        }
    }
}
