using static TorchSharp.torch;
using static TorchSharp.torchvision;
using F = TorchSharp.torchvision.transforms.functional;

namespace TorchSharp.Tests.Vision;

/// <summary>The calls that fixtures/pytorch.json has the values of.</summary>
internal static class TransformCases
{
    private static readonly double[] s_mean = [0.48, 0.45, 0.4];
    private static readonly double[] s_deviation = [0.23, 0.22, 0.26];

    public static Dictionary<string, Func<Tensor, Tensor>> All { get; } = new()
    {
        ["resize nearest, larger"] = x => F.resize(x, 7, 9),
        ["resize nearest, smaller, bytes"] = transforms.Resize(4, 3).call,
        ["resize nearest-exact, larger"] = x => F.resize(x, 7, 9, InterpolationMode.NearestExact),
        ["resize nearest-exact, smaller, bytes"] = transforms.Resize(4, 3, InterpolationMode.NearestExact).call,
        ["resize bilinear, larger"] = x => F.resize(x, 7, 9, InterpolationMode.Bilinear),
        ["resize bilinear, smaller, bytes"] = transforms.Resize(4, 3, InterpolationMode.Bilinear).call,
        ["resize bicubic, larger"] = x => F.resize(x, 7, 9, InterpolationMode.Bicubic),
        ["resize bicubic, smaller, bytes"] = transforms.Resize(4, 3, InterpolationMode.Bicubic).call,
        ["resize bilinear, antialias, bytes"] = x => F.resize(x, 4, 3, InterpolationMode.Bilinear, antialias: true),
        ["resize bicubic, antialias, bytes"] = transforms.Resize(4, 3, InterpolationMode.Bicubic, antialias: true).call,
        ["resize shorter side, wide"] = transforms.Resize(6, InterpolationMode.Bicubic, antialias: true).call,
        ["resize shorter side, high"] = x => F.resize(x, 6, -1, InterpolationMode.Bicubic, antialias: true),
        ["resize shorter side, longer held"] = transforms.Resize(6, InterpolationMode.Bilinear, 8, true).call,
        ["resize shorter side, 3 dimensions"] = transforms.Resize(6, InterpolationMode.Bilinear).call,
        ["center_crop even"] = transforms.CenterCrop(4, 5).call,
        ["center_crop odd left over"] = x => F.center_crop(x, 5, 4),
        ["center_crop square"] = transforms.CenterCrop(3).call,
        ["center_crop larger than the image"] = transforms.CenterCrop(7).call,
        ["center_crop wider than the image"] = transforms.CenterCrop(3, 7).call,
        ["crop"] = x => F.crop(x, 1, 2, 3, 4),
        ["crop over an edge"] = x => F.crop(x, -1, 5, 3, 4),
        ["crop outside"] = x => F.crop(x, 20, -9, 3, 2),
        ["normalize batch"] = transforms.Normalize(s_mean, s_deviation).call,
        ["normalize image"] = x => F.normalize(x, s_mean, s_deviation),
        ["normalize in float64"] = x => F.normalize(x, s_mean, s_deviation, ScalarType.Float64),
        ["convert bytes to float32"] = transforms.ConvertImageDtype(ScalarType.Float32).call,
        ["convert bytes to float64"] = x => F.convert_image_dtype(x, ScalarType.Float64),
        ["convert bytes to int32"] = x => F.convert_image_dtype(x, ScalarType.Int32),
        ["convert int32 to bytes"] = x => F.convert_image_dtype(x, ScalarType.Byte),
        ["convert float32 to bytes"] = x => F.convert_image_dtype(x, ScalarType.Byte),
        ["convert float32 to float64"] = x => F.convert_image_dtype(x, ScalarType.Float64),
        ["gray"] = transforms.Grayscale().call,
        ["gray, three channels"] = transforms.Grayscale(3).call,
        ["gray of bytes"] = x => F.rgb_to_grayscale(x),
        ["gray of one channel"] = transforms.Grayscale().call,
        ["compose"] = transforms.Compose(
            transforms.Resize(8, InterpolationMode.Bicubic, antialias: true),
            transforms.CenterCrop(8),
            transforms.ConvertImageDtype(ScalarType.Float32),
            transforms.Normalize(s_mean, s_deviation)).call,
    };
}
