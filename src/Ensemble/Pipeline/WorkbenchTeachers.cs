using Ensemble.Acceleration;
using Ensemble.Data;
using Ensemble.Storage;
using Ensemble.Teachers;
using Ensemble.Training;
using TorchSharp;

namespace Ensemble.Pipeline;

/// <summary>Networks of a workbench as the teachers of another.</summary>
/// <param name="load">Reads a network.</param>
/// <param name="teachers">At least one.</param>
/// <param name="precision">The arithmetic of their layers; resolved.</param>
/// <param name="stores">Where answers are kept, a folder for each ensemble, transfer set and kind of view.</param>
internal sealed class WorkbenchTeachers(
    Func<WorkbenchNetwork, torch.nn.Module<torch.Tensor, torch.Tensor>> load, IReadOnlyList<WorkbenchNetwork> teachers, Precision precision, string stores)
{
    private const int HashLength = 16;

    /// <summary>The teachers' answers, stored.</summary>
    /// <param name="resident">The transfer set on the device.</param>
    /// <param name="images">The transfer set.</param>
    /// <param name="normalisation">How it is normalised.</param>
    /// <param name="views">The student's views; counted.</param>
    /// <param name="augmentation">How they vary.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>The store; the caller disposes it.</returns>
    public ITeacher Open(
        ResidentDataset resident, ImageDataset images, ChannelStatistics normalisation, ViewOptions views, AugmentationOptions augmentation, CancellationToken cancellationToken)
    {
        var header = new SoftTargetHeader
        {
            Teachers = [.. teachers.Select(teacher => teacher.Record.WeightsSha256)],
            Data = images.Checksum,
            ViewRecipe = CanonicalJson.Hash(new
            {
                Augmentation = augmentation, views.Seed, Normalisation = normalisation, Precision = precision, Device = resident.Device.type.ToString(),
            }),
            View = 0,
            Samples = images.Count,
            Classes = images.ClassCount,
        };
        var folder = Path.Combine(stores, CanonicalJson.Hash(header)[..HashLength]);
        if (SoftTargetStore.MissingViews(folder, views).Count == 0)
        {
            return SoftTargetStore.Open(folder, header, views);
        }

        var networks = teachers.Select(load).ToArray();
        try
        {
            return SoftTargetStore.Complete(folder, header, views, new TeacherEnsemble(networks, precision), resident, cancellationToken: cancellationToken);
        }
        finally
        {
            Array.ForEach(networks, network => network.Dispose());
        }
    }
}
