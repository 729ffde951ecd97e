using TorchSharp;

namespace Ensemble.Distillation;

/// <summary>Brings maps of two networks to one size.</summary>
internal static class MapSize
{
    /// <summary>Averages the map with more rows, and that with more columns, down to the other's.</summary>
    /// <param name="student">[B, C, H, W].</param>
    /// <param name="teacher">[B, C', H', W'].</param>
    /// <returns>Both with min(H, H') rows and min(W, W') columns; the caller's dispose scope owns what is new.</returns>
    public static (torch.Tensor Student, torch.Tensor Teacher) Match(torch.Tensor student, torch.Tensor teacher)
    {
        long[] size = [Math.Min(student.size(2), teacher.size(2)), Math.Min(student.size(3), teacher.size(3))];
        return (Pool(student, size), Pool(teacher, size));
    }

    private static torch.Tensor Pool(torch.Tensor map, long[] size) =>
        map.size(2) == size[0] && map.size(3) == size[1] ? map : torch.nn.functional.adaptive_avg_pool2d(map, size);
}
