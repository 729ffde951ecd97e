namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>1 - |x|.</summary>
internal readonly struct TriangleResampler : IResampler
{
    public float Radius => 1;

    public float GetValue(float x) => Math.Max(0, 1 - Math.Abs(x));
}
