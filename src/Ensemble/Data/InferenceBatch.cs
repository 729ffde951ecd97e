using TorchSharp;

namespace Ensemble.Data;

/// <summary>How many images a network answers at once where nothing is trained.</summary>
public static class InferenceBatch
{
    /// <summary>Parts of a split that are cut at its multiples have the batches of the whole, on every device.</summary>
    public const int Unit = 500;

    /// <summary>
    /// The images of a batch; divides <see cref="Unit"/>. On a CPU few: glibc gives every block above 32 MB back to the system when it is
    /// freed, and the maps of 500 images in a large network are above that; new pages took a quarter of the time, and 0.3 GB more.
    /// </summary>
    /// <param name="device">Where the network answers.</param>
    public static int SizeOn(torch.Device device) => device.type == DeviceType.CPU ? 125 : Unit;
}
