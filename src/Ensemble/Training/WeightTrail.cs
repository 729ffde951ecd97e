using TorchSharp;

namespace Ensemble.Training;

/// <summary>A second set of weights that follows the trained ones and takes their place at the end.</summary>
internal abstract class WeightTrail : IDisposable
{
    private readonly IReadOnlyList<(string Name, torch.Tensor Followed, torch.Tensor Trail)> _tensors;

    /// <param name="followed">The tensors that are followed, by name; the network owns them.</param>
    protected WeightTrail(IEnumerable<(string Name, torch.Tensor Value)> followed)
    {
        using var guard = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        _tensors = [.. followed.Select(found => (found.Name, found.Value, found.Value.detach().clone().DetachFromDisposeScope()))];
    }

    /// <summary>The second set by name, for a checkpoint; this keeps owning the tensors.</summary>
    public IEnumerable<(string Name, torch.Tensor Value)> Tensors => _tensors.Select(found => (found.Name, found.Trail));

    /// <summary>The trail that the options ask for; null for none. The caller disposes it.</summary>
    public static WeightTrail? Create(torch.nn.Module network, TrainingOptions options) => options switch
    {
        { EmaDecay: > 0 } => new ExponentialMovingAverage(network, options.EmaDecay),
        { LookaheadSteps: > 0 } => new Lookahead(network, options.LookaheadSteps),
        _ => null,
    };

    /// <summary>Follows a step that was done.</summary>
    /// <param name="step">The step, from 0.</param>
    public void AfterStep(long step)
    {
        using var guard = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (_, followed, trail) in _tensors)
        {
            Follow(followed, trail, step);
        }
    }

    /// <summary>Puts the second set in the place of the first.</summary>
    /// <param name="steps">Steps of the whole run.</param>
    public void Finish(long steps)
    {
        using var guard = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (_, followed, trail) in _tensors)
        {
            CatchUp(followed, trail, steps);
            followed.copy_(trail);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, _, trail) in _tensors)
        {
            trail.Dispose();
        }
    }

    /// <summary>Moves one tensor of the second set; within a dispose scope, off the tape.</summary>
    protected abstract void Follow(torch.Tensor followed, torch.Tensor trail, long step);

    /// <summary>What is left to do for one tensor after the last step.</summary>
    /// <param name="followed">The network's.</param>
    /// <param name="trail">The second set's.</param>
    /// <param name="allSteps">Steps of the whole run.</param>
    protected virtual void CatchUp(torch.Tensor followed, torch.Tensor trail, long allSteps)
    {
    }

    private sealed class ExponentialMovingAverage(torch.nn.Module network, double decay) : WeightTrail(
        network.state_dict().Select(found => (found.Key, found.Value)))
    {
        protected override void Follow(torch.Tensor followed, torch.Tensor trail, long step)
        {
            if (!trail.is_floating_point())
            {
                trail.copy_(followed);
                return;
            }

            var ramped = Math.Min(decay, (1.0 + step) / (10 + step));
            trail.mul_(ramped).add_(followed, 1 - ramped);
        }
    }

    private sealed class Lookahead(torch.nn.Module network, int steps) : WeightTrail(
        network.named_parameters().Where(found => found.parameter.requires_grad).Select(found => (found.name, (torch.Tensor)found.parameter)))
    {
        private const double SlowStep = 0.5;

        protected override void Follow(torch.Tensor followed, torch.Tensor trail, long step)
        {
            if ((step + 1) % steps == 0)
            {
                Approach(followed, trail);
                followed.copy_(trail);
            }
        }

        // Steps after the last move would be lost; a run that is shorter than the interval would end where it began.
        protected override void CatchUp(torch.Tensor followed, torch.Tensor trail, long allSteps)
        {
            if (allSteps % steps != 0)
            {
                Approach(followed, trail);
            }
        }

        private static void Approach(torch.Tensor followed, torch.Tensor trail) => trail.mul_(1 - SlowStep).add_(followed, SlowStep);
    }
}
