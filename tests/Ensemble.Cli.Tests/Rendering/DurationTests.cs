using Ensemble.Cli.Rendering;

namespace Ensemble.Cli.Tests.Rendering;

public sealed class DurationTests
{
    [Theory]
    [InlineData(0, "0.0 s")]
    [InlineData(4.24, "4.2 s")]
    [InlineData(9.6, "10 s")]
    [InlineData(59.4, "59 s")]
    [InlineData(59.6, "1:00")]
    [InlineData(245, "4:05")]
    [InlineData(3723, "1:02:03")]
    [InlineData(360000, "100:00:00")]
    public void Format_Seconds_IsShort(double seconds, string expected) => Assert.Equal(expected, Duration.Format(seconds));
}
