namespace SixLabors.ImageSharp.Processing.Processors.Transforms;

/// <summary>1 from -0.5, exclusive, to 0.5.</summary>
internal readonly struct BoxResampler : IResampler
{
    public float Radius => .5f;

    public float GetValue(float x) => x is > -.5f and <= .5f ? 1 : 0;
}
