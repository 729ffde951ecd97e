namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Modules.Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device? device = null, ScalarType? dtype = null) =>
            new(inputSize, outputSize, hasBias, device, dtype);

        /// <exception cref="NotSupportedException">padding_mode is another than zeros.</exception>
        public static Modules.Conv2d Conv2d(long in_channels, long out_channels, long kernel_size, long stride = 1, long padding = 0, long dilation = 1, PaddingModes padding_mode = PaddingModes.Zeros, long groups = 1, bool bias = true, Device? device = null, ScalarType? dtype = null) =>
            padding_mode == PaddingModes.Zeros
                ? new(in_channels, out_channels, [kernel_size, kernel_size], [stride, stride], [padding, padding], [dilation, dilation], groups, bias, device, dtype)
                : throw new NotSupportedException($"padding mode {padding_mode} is not part of this stack");

        public static Modules.BatchNorm2d BatchNorm2d(long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
            new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

        public static Modules.BatchNorm1d BatchNorm1d(long num_features, double eps = 1E-05, double momentum = 0.1, bool affine = true, bool track_running_stats = true, Device? device = null, ScalarType? dtype = null) =>
            new(num_features, eps, momentum, affine, track_running_stats, device, dtype);

        public static Modules.ReLU ReLU(bool inplace = false) => new(inplace);

        public static Modules.ReLU6 ReLU6(bool inplace = false) => new(inplace);

        public static Modules.LeakyReLU LeakyReLU(double negative_slope = 0.01, bool inplace = false) => new(negative_slope, inplace);

        public static Modules.Hardswish Hardswish(bool inplace = false) => new(inplace);

        public static Modules.SiLU SiLU() => new(false);

        public static Modules.SiLU SiLU(bool inplace) => new(inplace);

        public static Modules.GELU GELU() => new();

        public static Modules.Identity Identity() => new();

        public static Modules.Dropout Dropout(double p = 0.5, bool inplace = false) => new(p, inplace);

        public static Modules.Dropout2d Dropout2d(double p = 0.5, bool inplace = false) => new(p, inplace);

        public static Modules.Flatten Flatten(long start_dim = 1, long end_dim = -1) => new(start_dim, end_dim);

        public static Modules.MaxPool2d MaxPool2d(long kernel_size, long? stride = null, long? padding = null, long? dilation = null, bool ceil_mode = false) =>
            new([kernel_size, kernel_size], Pair(stride), Pair(padding), Pair(dilation), ceil_mode);

        public static Modules.AvgPool2d AvgPool2d(long kernel_size, long? stride = null, long? padding = null, bool ceil_mode = false, bool count_include_pad = true, long? divisor_override = null) =>
            new([kernel_size, kernel_size], Pair(stride), Pair(padding), ceil_mode, count_include_pad, divisor_override);

        public static Modules.AdaptiveAvgPool2d AdaptiveAvgPool2d(long output_size) => new([output_size, output_size]);

        public static Modules.Sequential Sequential(params Module<Tensor, Tensor>[] modules) => Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

        public static Modules.Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules) =>
            new(modules.Select((module, position) => (position.ToString(System.Globalization.CultureInfo.InvariantCulture), module)));

        public static Modules.Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) => new(modules);

        public static Modules.ModuleList<T> ModuleList<T>(params T[] modules)
            where T : Module => new(modules);

        private static long[]? Pair(long? size) => size is { } s ? [s, s] : null;
    }
}
