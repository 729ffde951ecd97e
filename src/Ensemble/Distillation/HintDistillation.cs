using System.Globalization;
using Ensemble.Data;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>FitNets' hints (Romero et al. 2015, arXiv 1412.6550, equation 3).</summary>
/// <remarks>
/// loss = the terms of <c>kd</c> + h mean((v - r(u))^2): u is the student's map at the guided stage, v a teacher's at the hint
/// stage, r a 1x1 convolution where their channels differ, trained with the student and not part of it. The mean is over
/// all values, so that the weight does not depend on the map's size; the paper's half is in the weight. The paper trains with
/// the hint first and with soft targets then; here both act at once, as in the CIFAR-100 benchmark. Of several teachers, each
/// with its own r, the mean is taken; the larger of two maps is averaged down to the smaller. Reads what <c>kd</c> reads,
/// the hint's weight and stage.
/// </remarks>
public sealed class HintDistillation : IFeatureObjective
{
    private readonly ObjectiveOptions _options;
    private readonly SoftTargetDistillation _distillation;

    /// <param name="options">Temperature, weights, label smoothing, averaging, hint weight and stage.</param>
    /// <exception cref="ArgumentException">The options are out of range.</exception>
    public HintDistillation(ObjectiveOptions options)
    {
        _distillation = new SoftTargetDistillation(options);
        _options = options;
    }

    /// <inheritdoc/>
    public string Name => "fitnets";

    /// <inheritdoc/>
    public bool NeedsTeachers => true;

    /// <inheritdoc/>
    public FeaturePlan Plan(IReadOnlyList<StageShape> student, IReadOnlyList<IReadOnlyList<StageShape>> members, ulong seed)
    {
        var guided = Stage(student, "the student");
        int[] hints = [.. members.Select((member, place) => Stage(member, $"teacher {place + 1}"))];
        torch.manual_seed(new RandomStream(seed, "distillation/regressors").NextUInt32());
        var regressors = torch.nn.ModuleList<torch.nn.Module<torch.Tensor, torch.Tensor>>();
        foreach (var (member, hint) in members.Zip(hints))
        {
            regressors.append(Regressor(student[guided].Channels, member[hint].Channels));
        }

        return new FeaturePlan { StudentStages = [guided], MemberStages = [.. hints.Select(hint => new[] { hint })], Adapters = regressors };
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There are no teacher logits or no maps.</exception>
    public LossTerms Compute(ObjectiveInput input)
    {
        var features = input.Features ?? throw new ArgumentException("hints need maps", nameof(input));
        var regressors = features.Adapters!.children().Cast<torch.nn.Module<torch.Tensor, torch.Tensor>>();
        var distances = features.Members.Zip(regressors, (maps, regressor) => Distance(features.Student[0], maps[0], regressor)).ToArray();
        var hint = MemberMean.Of(distances, input.TeacherWeights) * _options.HintWeight;
        return new LossTerms([.. _distillation.Compute(input).Terms, ("hint", hint)]);
    }

    private static torch.Tensor Distance(torch.Tensor guided, torch.Tensor hint, torch.nn.Module<torch.Tensor, torch.Tensor> regressor)
    {
        // A 1x1 convolution and an average over places commute: the cheaper order.
        var (student, teacher) = MapSize.Match(guided, hint);
        return (teacher - regressor.call(student)).square().mean();
    }

    private static torch.nn.Module<torch.Tensor, torch.Tensor> Regressor(int studentChannels, int teacherChannels) =>
        studentChannels == teacherChannels ? torch.nn.Identity() : torch.nn.Conv2d(studentChannels, teacherChannels, 1);

    // The middle one: the paper guides the student's middle layer by the teacher's.
    private int Stage(IReadOnlyList<StageShape> stages, string owner) => _options.HintStage <= stages.Count
        ? (_options.HintStage == 0 ? (stages.Count + 1) / 2 : _options.HintStage) - 1
        : throw new FeatureFaultException(
            owner,
            string.Create(CultureInfo.InvariantCulture, $"a stage {_options.HintStage} for the hint"),
            $"{stages.Count}: {string.Join(", ", stages.Select(stage => stage.Name))}",
            $"choose a hint stage of 1 to {stages.Count}, or 0 for the middle");
}
