using System.Runtime.InteropServices;

namespace SixLabors.ImageSharp.Interop;

/// <summary>The functions of the machine's libstb (stb_image 2.27 or later, stb_image_write 1.16 or later) that are
/// used here.</summary>
internal sealed unsafe class LibStb
{
    private static readonly string[] s_names = ["libstb.so.0", "libstb.so"];

    // A field and no static constructor: what that throws comes wrapped, and without a second chance.
    private static volatile LibStb? s_loaded;

    private LibStb(nint library)
    {
        InfoFromMemory = (delegate* unmanaged<byte*, int, int*, int*, int*, int>)Find(library, "stbi_info_from_memory");
        LoadFromMemory = (delegate* unmanaged<byte*, int, int*, int*, int*, int, byte*>)Find(library, "stbi_load_from_memory");
        Load16FromMemory = (delegate* unmanaged<byte*, int, int*, int*, int*, int, ushort*>)Find(library, "stbi_load_16_from_memory");
        ImageFree = (delegate* unmanaged<void*, void>)Find(library, "stbi_image_free");
        FailureReason = (delegate* unmanaged<byte*>)Find(library, "stbi_failure_reason");
        WriteJpgToFunc = (delegate* unmanaged<delegate* unmanaged<void*, void*, int, void>, void*, int, int, int, void*, int, int>)
            Find(library, "stbi_write_jpg_to_func");
    }

    /// <summary>The library.</summary>
    /// <exception cref="NotSupportedException">The machine has none.</exception>
    public static LibStb Instance => s_loaded ??= new LibStb(Open(s_names));

    /// <summary>(buffer, bytes, out width, out height, out components) -> whether the headers can be read.</summary>
    public delegate* unmanaged<byte*, int, int*, int*, int*, int> InfoFromMemory { get; }

    /// <summary>(buffer, bytes, out width, out height, out components in the file, components wanted or 0) -> pixels,
    /// or null.</summary>
    public delegate* unmanaged<byte*, int, int*, int*, int*, int, byte*> LoadFromMemory { get; }

    /// <summary>As <see cref="LoadFromMemory"/>, but 16 bits for each value.</summary>
    public delegate* unmanaged<byte*, int, int*, int*, int*, int, ushort*> Load16FromMemory { get; }

    /// <summary>Frees what a load gave.</summary>
    public delegate* unmanaged<void*, void> ImageFree { get; }

    /// <summary>Why the last load of this thread failed.</summary>
    public delegate* unmanaged<byte*> FailureReason { get; }

    /// <summary>(write, context, width, height, components, pixels, quality) -> 0 on failure.</summary>
    public delegate* unmanaged<delegate* unmanaged<void*, void*, int, void>, void*, int, int, int, void*, int, int> WriteJpgToFunc { get; }

    /// <summary>Opens the first of some names that is there.</summary>
    /// <exception cref="NotSupportedException">None is.</exception>
    internal static nint Open(IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (NativeLibrary.TryLoad(name, out var library)) return library;
        }

        throw new NotSupportedException($"images need {names[0]}, which this machine lacks; type: apt-get install libstb0");
    }

    private static nint Find(nint library, string function) =>
        NativeLibrary.TryGetExport(library, function, out var address)
            ? address
            : throw new NotSupportedException(
                $"this machine's {s_names[0]} has no {function}; type: apt-get install --only-upgrade libstb0");
}
