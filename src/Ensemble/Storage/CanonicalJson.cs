using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ensemble.Storage;

/// <summary>
/// One text for one value: JSON with the members of every object sorted, no spaces, and one way to write each number.
/// Its SHA-256 names a recipe, whatever machine or order of properties it was written with.
/// </summary>
/// <remarks>
/// After RFC 8785, save that integers keep all 64 bits and other numbers are written as .NET writes a double. Every
/// property counts, so that a recipe which gains a property gets another hash.
/// </remarks>
public static class CanonicalJson
{
    private static readonly JsonWriterOptions WriterOptions = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Serialises a value canonically.</summary>
    /// <typeparam name="T">The value's type; its public properties are written in camelCase.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>The JSON, on one line.</returns>
    /// <exception cref="ArgumentException">A number is not finite, or past the range of a double.</exception>
    public static string Serialize<T>(T value) => Encoding.UTF8.GetString(ToBytes(value).Span);

    /// <summary>The SHA-256 of a value's canonical JSON in UTF-8.</summary>
    /// <typeparam name="T">The value's type.</typeparam>
    /// <param name="value">The value.</param>
    /// <returns>64 lower-case hexadecimal digits.</returns>
    /// <exception cref="ArgumentException">A number is not finite, or past the range of a double.</exception>
    public static string Hash<T>(T value) => Convert.ToHexStringLower(SHA256.HashData(ToBytes(value).Span));

    private static ReadOnlyMemory<byte> ToBytes<T>(T value)
    {
        var element = JsonSerializer.SerializeToElement(value, RecordJson.Compact);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            Write(writer, element);
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                var members = element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal);
                foreach (var property in members)
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteRawValue(CanonicalNumber(element));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    /// <summary>
    /// An integer's digits where the number is one of 64 bits (1, 1.0 and 1e0 alike), else the shortest text of the
    /// double.
    /// </summary>
    private static string CanonicalNumber(JsonElement element)
    {
        if (element.TryGetInt64(out var integer))
        {
            return integer.ToString(CultureInfo.InvariantCulture);
        }

        if (element.TryGetUInt64(out var natural))
        {
            return natural.ToString(CultureInfo.InvariantCulture);
        }

        if (!element.TryGetDouble(out var number) || !double.IsFinite(number))
        {
            throw new ArgumentException($"the number {element.GetRawText()} is past the range of a double");
        }

        return double.IsInteger(number) && Math.Abs(number) < 1L << 53
            ? ((long)number).ToString(CultureInfo.InvariantCulture)
            : number.ToString("R", CultureInfo.InvariantCulture);
    }
}
