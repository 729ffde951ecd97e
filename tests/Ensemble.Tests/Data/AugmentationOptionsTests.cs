using Ensemble.Data;

namespace Ensemble.Tests.Data;

public sealed class AugmentationOptionsTests
{
    [Fact]
    public void Validate_EveryFault_IsNamedAtOnce()
    {
        var options = new AugmentationOptions
        {
            ShiftPixels = 65,
            CutoutPixels = -1,
            Brightness = 1.1,
            Contrast = double.NaN,
            Saturation = -0.1,
            MixupAlpha = 5,
        };

        var message = Assert.Throws<ArgumentException>(options.Validate).Message;

        string[] names = ["ShiftPixels", "CutoutPixels", "Brightness", "Contrast", "Saturation", "MixupAlpha"];
        Assert.All(names, name => Assert.Contains($"{name} must be 0 to ", message, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_TheLimits_AreInRange()
    {
        AugmentationOptions.None.Validate();
        AugmentationOptions.CropAndFlip.Validate();
        new AugmentationOptions
        {
            ShiftPixels = 64,
            CutoutPixels = 1024,
            Brightness = 1,
            Contrast = 1,
            Saturation = 1,
            MixupAlpha = 4,
        }.Validate();
    }
}
