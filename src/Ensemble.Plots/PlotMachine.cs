namespace Ensemble.Plots;

/// <summary>Tells a person when the machine cannot draw.</summary>
internal static class PlotMachine
{
    /// <summary>Does something that needs the drawing library.</summary>
    /// <exception cref="MachineFaultException">The library or a font is missing.</exception>
    public static T Guard<T>(Func<T> draw)
    {
        try
        {
            return draw();
        }
        catch (Exception exception) when (exception is NotSupportedException or DllNotFoundException or TypeInitializationException)
        {
            throw new MachineFaultException(
                "figures", exception.GetBaseException().Message, "install libcairo2 and fonts-dejavu-core, or start with ./ensemble, which does", exception);
        }
    }
}
