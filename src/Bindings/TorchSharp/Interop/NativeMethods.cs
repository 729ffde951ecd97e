using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>The functions of shim.cpp, and the finding of its library.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "ensemble_torch";
    private const int AbiVersion = 1;

    private static readonly Lock s_loading = new();
    private static nint s_library;

    [LibraryImport(Library)]
    internal static partial int ens_abi_version();

    [LibraryImport(Library)]
    internal static partial byte* ens_error();

    [LibraryImport(Library)]
    internal static partial byte* ens_torch_version();

    [LibraryImport(Library)]
    internal static partial void ens_free(void* memory);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int ens_operator(string name, string overload, out nint result);

    [LibraryImport(Library)]
    internal static partial int ens_call(nint op, Value* arguments, int count, Value* results, int capacity, int* produced);

    [LibraryImport(Library)]
    internal static partial void ens_tensor_release(nint handle);

    [LibraryImport(Library)]
    internal static partial nint ens_tensor_retain(nint handle);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_from_host(void* data, int dtype, long* sizes, int dimensions, out nint result);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ens_tensor_dim(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ens_tensor_numel(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int ens_tensor_dtype(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ens_tensor_element_size(nint handle);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void ens_tensor_sizes(nint handle, long* into);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial void ens_tensor_strides(nint handle, long* into);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long ens_tensor_device(nint handle);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_data(nint handle, out nint result);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_is_contiguous(nint handle, int memoryFormat);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_requires_grad(nint handle);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_set_requires_grad(nint handle, int value);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_is_leaf(nint handle);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_grad(nint handle, out nint result);

    [LibraryImport(Library)]
    internal static partial int ens_tensor_set_grad(nint handle, nint gradient);

    [LibraryImport(Library)]
    internal static partial int ens_backward(nint* tensors, nint* gradients, int count, int retainGraph, int createGraph, nint* inputs, int inputCount);

    [LibraryImport(Library)]
    internal static partial int ens_grad(nint* outputs, nint* gradients, int count, nint* inputs, int inputCount, int retainGraph, int createGraph, int allowUnused, nint* results);

    [LibraryImport(Library)]
    internal static partial int ens_grad_enabled();

    [LibraryImport(Library)]
    internal static partial void ens_set_grad_enabled(int enabled);

    [LibraryImport(Library)]
    internal static partial nint ens_inference_mode_enter(int enabled);

    [LibraryImport(Library)]
    internal static partial void ens_inference_mode_exit(nint guard);

    [LibraryImport(Library)]
    internal static partial int ens_manual_seed(ulong seed);

    [LibraryImport(Library)]
    internal static partial int ens_generator_new(ulong seed, long device, out nint result);

    [LibraryImport(Library)]
    internal static partial int ens_generator_default(long device, out nint result);

    [LibraryImport(Library)]
    internal static partial void ens_generator_free(nint generator);

    [LibraryImport(Library)]
    internal static partial int ens_generator_set_seed(nint generator, ulong seed);

    [LibraryImport(Library)]
    internal static partial ulong ens_generator_seed(nint generator);

    [LibraryImport(Library)]
    internal static partial int ens_generator_state(nint generator, out nint result);

    [LibraryImport(Library)]
    internal static partial int ens_generator_set_state(nint generator, nint state);

    [LibraryImport(Library)]
    internal static partial int ens_threads();

    [LibraryImport(Library)]
    internal static partial int ens_set_threads(int count);

    [LibraryImport(Library)]
    internal static partial int ens_cuda_available();

    [LibraryImport(Library)]
    internal static partial int ens_cudnn_available();

    [LibraryImport(Library)]
    internal static partial int ens_cuda_devices();

    [LibraryImport(Library)]
    internal static partial int ens_cuda_synchronize(long device);

    [LibraryImport(Library)]
    internal static partial int ens_cuda_manual_seed(ulong seed, int allDevices);

    [LibraryImport(Library)]
    internal static partial int ens_autocast_enter(int deviceType, int dtype, int enabled, out int before);

    [LibraryImport(Library)]
    internal static partial int ens_autocast_exit(int deviceType, int before);

    [LibraryImport(Library)]
    internal static partial int ens_fused_norm(
        nint x, nint residual, nint weight, nint bias, nint runningMean, nint runningVariance, int training, double momentum, double epsilon, int activation, out nint result);

    [LibraryImport(Library)]
    internal static partial int ens_fused_gelu(nint x, out nint result);

    /// <summary>Throws what libtorch said when a function reported failure.</summary>
    /// <param name="status">What the function returned; 0 is success.</param>
    /// <exception cref="ExternalException">libtorch refused; the message is its own, without the C++ backtrace.</exception>
    internal static void Check(int status)
    {
        if (status != 0) Throw();
    }

#pragma warning disable CA2255 // The resolver must stand before the first call, and a static constructor would cost a check at each.
    [ModuleInitializer]
    internal static void Initialize() => NativeLibrary.SetDllImportResolver(typeof(NativeMethods).Assembly, Resolve);

#pragma warning restore CA2255

#pragma warning disable CA2201 // The type that TorchSharp throws, which callers of its API catch.
    private static void Throw() => throw new ExternalException(Marshal.PtrToStringUTF8((nint)ens_error()));
#pragma warning restore CA2201

    // .NET asks once for each function, not once for the library.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? paths)
    {
        if (name != Library) return 0;
        lock (s_loading) return s_library != 0 ? s_library : s_library = Load();
    }

    private static nint Load()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "libensemble_torch.so");
        nint handle;
        try
        {
            handle = NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NotSupportedException(
                $"{file}: expected the shim built against this machine's libtorch, found that it does not load ({FirstLine(e.Message)}); build again on this machine: ./ensemble, or dotnet build", e);
        }

        VerifyAbi(handle, file);
        SetThreads(handle);
        return handle;
    }

    private static void VerifyAbi(nint handle, string file)
    {
        var version = ((delegate* unmanaged<int>)NativeLibrary.GetExport(handle, nameof(ens_abi_version)))();
        if (version != AbiVersion)
            throw new NotSupportedException($"{file}: expected version {AbiVersion} of the shim's interface, found {version}; build again: ./ensemble, or dotnet build");
    }

    // Debian's libtorch starts with one thread; here every process starts with the machine's, or with those that a person
    // who shares the machine among processes has named, as PyTorch does.
    private static void SetThreads(nint handle) =>
        _ = ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, nameof(ens_set_threads)))(InitialThreads(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")));

    /// <summary>The threads to begin with.</summary>
    /// <param name="named">OMP_NUM_THREADS, or null; its first level counts, and what is no number is as if it were not there.</param>
    internal static int InitialThreads(string? named) =>
        int.TryParse(named?.Split(',')[0], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var count) && count >= 1
            ? count
            : Environment.ProcessorCount;

    private static string FirstLine(string message) => message.Split('\n', 2)[0];
}
