namespace Ensemble.Data.Formats;

/// <summary>What the text header of an .npy file says of the values after it.</summary>
/// <param name="ElementType">Their type.</param>
/// <param name="IsBigEndian">Whether the bytes of each stand highest first.</param>
/// <param name="IsFortranOrder">Whether the first dimension runs fastest.</param>
/// <param name="Sizes">The length of each dimension, at least 0.</param>
internal sealed record NpyHeader(
    NpyElementType ElementType, bool IsBigEndian, bool IsFortranOrder, IReadOnlyList<int> Sizes)
{
    /// <summary>NumPy's own limit (NPY_MAXDIMS) before its version 2.</summary>
    private const int MaximumDimensions = 32;

    private static readonly Dictionary<string, NpyElementType> ElementTypes = new(StringComparer.Ordinal)
    {
        ["b1"] = NpyElementType.Bool,
        ["u1"] = NpyElementType.UInt8,
        ["i1"] = NpyElementType.Int8,
        ["u2"] = NpyElementType.UInt16,
        ["i2"] = NpyElementType.Int16,
        ["u4"] = NpyElementType.UInt32,
        ["i4"] = NpyElementType.Int32,
        ["i8"] = NpyElementType.Int64,
        ["f4"] = NpyElementType.Float32,
        ["f8"] = NpyElementType.Float64,
    };

    /// <summary>Bytes of all values; above any array's length where they cannot be held.</summary>
    public UInt128 ContentBytes =>
        // A factor of 0 comes first: the others may not fit together, and need not.
        Sizes.Order().Aggregate(
            (UInt128)NpyArray.ElementBytes(ElementType),
            (product, size) => product > (UInt128)ulong.MaxValue ? product : product * (uint)size);

    /// <summary>
    /// Parses the header's Python literal, of which only what NumPy writes is accepted:
    /// <c>{'descr': '&lt;u1', 'fortran_order': False, 'shape': (3, 4), }</c>, the keys in any order.
    /// </summary>
    /// <exception cref="FormatException">It is anything else; the message says what and where.</exception>
    public static NpyHeader Parse(string text)
    {
        var scanner = new NpyHeaderScanner(text);
        string? descr = null;
        bool? isFortranOrder = null;
        List<int>? sizes = null;
        scanner.Require('{');
        while (!scanner.Take('}'))
        {
            var key = scanner.ReadString();
            scanner.Require(':');
            switch (key)
            {
                case "descr" when descr is null:
                    descr = scanner.ReadString();
                    break;
                case "fortran_order" when isFortranOrder is null:
                    isFortranOrder = scanner.ReadTruth();
                    break;
                case "shape" when sizes is null:
                    sizes = scanner.ReadTuple(MaximumDimensions);
                    break;
                default:
                    throw new FormatException($"a key '{key}' that is unknown or comes twice");
            }

            scanner.RequireSeparator('}');
        }

        scanner.RequireEnd();
        if (descr is null || isFortranOrder is null || sizes is null)
        {
            throw new FormatException("no 'descr', 'fortran_order' or 'shape'");
        }

        var (elementType, isBigEndian) = ParseType(descr);
        return new NpyHeader(elementType, isBigEndian, isFortranOrder.Value, sizes);
    }

    private static (NpyElementType ElementType, bool IsBigEndian) ParseType(string descr)
    {
        if (descr.Length != 3 || !ElementTypes.TryGetValue(descr[1..], out var elementType))
        {
            throw new FormatException(
                $"values of type '{descr}'; only {string.Join(", ", ElementTypes.Keys)} are read");
        }

        return (descr[0], NpyArray.ElementBytes(elementType)) switch
        {
            ('<', _) or ('|', 1) => (elementType, false),
            ('>', _) => (elementType, true),
            _ => throw new FormatException($"values of type '{descr}', whose byte order is unknown"),
        };
    }
}
