using Ensemble.Data;
using Ensemble.Distillation;

namespace Ensemble.Pipeline;

/// <summary>The recipe that shows the whole way in minutes, on images that are drawn: no files are needed.</summary>
public static class QuickstartRecipe
{
    private const string Teacher = "resnet20";
    private const string Student = "resnet8x0.5";

    /// <summary>Three teachers, a baseline and a student on <c>shapes</c>.</summary>
    /// <param name="seed">What every seed of the run is derived from, and the images are drawn from.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</param>
    public static DistillationRecipe Create(ulong seed, string device) => new()
    {
        Dataset = "shapes",
        Teacher = Teacher,
        TeacherCount = 3,
        Student = Student,
        TeacherTraining = RecipeDefaults.Training(Teacher, AugmentationOptions.CropAndFlip, epochs: 10),
        StudentTraining = RecipeDefaults.Training(Student, AugmentationOptions.CropAndFlip, epochs: 20),
        Objective = "kd",
        ObjectiveOptions = new ObjectiveOptions { Temperature = 4, HardWeight = 0.1 },
        Seed = seed,
        Device = device,
    };
}
