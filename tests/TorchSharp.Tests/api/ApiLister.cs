using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace ApiSurface;

/// <summary>
/// Lists the public and protected members of types, one line each, in the text of the shared folder's api/apilist.cs: the
/// shape that a caller compiles against. The tests of every binding link this file and hold their assembly against the
/// list of the package whose place it takes.
/// </summary>
/// <remarks>
/// What a caller cannot see is left out of the comparison: base types, virtual, abstract and sealed, finalisers, the
/// protected half of the dispose pattern, and overrides of what every object has.
/// </remarks>
internal static partial class ApiLister
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>The lines of <paramref name="types"/> that do not stand in <paramref name="known"/>.</summary>
    public static string[] Foreign(IEnumerable<Type> types, IEnumerable<string> known)
    {
        var list = known.Select(Comparable).ToHashSet(StringComparer.Ordinal);
        return types.SelectMany(Lines).Select(Comparable).Where(line => !list.Contains(line)).Distinct().Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>Reads a gzipped listing.</summary>
    public static string[] Read(string gzPath)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(gzPath), CompressionMode.Decompress));
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>Every line of one type.</summary>
    public static IEnumerable<string> Lines(Type type)
    {
        var name = Name(type);
        yield return $"{name} : {Kind(type)}";
        if (type.IsEnum)
        {
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
                yield return $"{name}.{field.Name} = {Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
            yield break;
        }

        foreach (var constructor in type.GetConstructors(Declared).Where(Visible)) yield return $"{name}.ctor({Parameters(constructor)})";
        foreach (var method in type.GetMethods(Declared).Where(Listed)) yield return Line(method);
        foreach (var property in type.GetProperties(Declared).Where(p => p.GetAccessors(true).Any(Visible))) yield return Line(property);
        foreach (var field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily || f.IsFamilyOrAssembly))
            yield return $"{name}.{field.Name} : {(field.IsStatic ? "static " : "")}{Name(field.FieldType)}";
        foreach (var e in type.GetEvents(Declared).Where(e => e.AddMethod is { } add && Visible(add)))
            yield return $"{name}.{e.Name} : event {Name(e.EventHandlerType!)}";
    }

    public static string Line(MethodInfo method) =>
        $"{Name(method.DeclaringType!)}.{method.Name}{Generic(method)}({Parameters(method)}) : {(method.IsStatic ? "static " : "")}{Name(method.ReturnType)}";

    public static string Line(PropertyInfo property)
    {
        var index = property.GetIndexParameters();
        var name = index.Length > 0 ? $"this[{string.Join(", ", index.Select(Parameter))}]" : property.Name;
        var get = property.GetMethod is { } g && Visible(g) ? " get;" : "";
        var set = property.SetMethod is { } s && Visible(s) ? " set;" : "";
        var modifier = property.GetAccessors(true)[0].IsStatic ? "static " : "";
        return $"{Name(property.DeclaringType!)}.{name} {{{get}{set} }} : {modifier}{Name(property.PropertyType)}";
    }

    public static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // The line without what a caller cannot see.
    private static string Comparable(string line)
    {
        var type = TypeLine().Match(line);
        if (type.Success) return type.Groups["name"].Value + " : " + type.Groups["kind"].Value;
        return Modifier().Replace(line, " : ");
    }

    [GeneratedRegex(@"^(?<name>[^(){}]+) : (?:abstract |sealed )?(?<kind>static class|class|struct|enum|interface|delegate)(?: .*)?$")]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"(?<=\)) : (?:virtual |abstract )")]
    private static partial Regex Modifier();

    private static bool Listed(MethodInfo method) =>
        Visible(method)
        && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
        && method.GetBaseDefinition().DeclaringType != typeof(object)
        && !(method.IsFamily && method is { Name: "Dispose" });

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsAbstract && type.IsSealed ? "static class"
        : "class";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethodDefinition ? "<" + string.Join(", ", method.GetGenericArguments().Select(a => a.Name)) + ">" : "";

    private static string Parameters(MethodBase method) =>
        (method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "") + string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        var modifier = parameter.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : parameter.IsOut ? "out " : type.IsByRef ? "ref " : "";
        return modifier + Name(type.IsByRef ? type.GetElementType()! : type) + " " + parameter.Name + (parameter.HasDefaultValue ? " = " + Default(parameter) : "");
    }

    private static string Default(ParameterInfo parameter) => parameter.RawDefaultValue switch
    {
        null => "null",
        string text => "\"" + text + "\"",
        bool value => value ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString()!,
    };

    private static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.IsArray) return Name(type.GetElementType()!) + "[" + new string(',', type.GetArrayRank() - 1) + "]";
        if (type.IsPointer) return Name(type.GetElementType()!) + "*";
        if (type.IsByRef) return Name(type.GetElementType()!) + "&";
        if (Nullable.GetUnderlyingType(type) is { } underlying) return Name(underlying) + "?";
        var arguments = type.GetGenericArguments();
        var outerCount = type.DeclaringType?.GetGenericArguments().Length ?? 0;
        var own = arguments[outerCount..];
        return Outer(type, arguments, outerCount) + type.Name.Split('`')[0] + (own.Length > 0 ? "<" + string.Join(", ", own.Select(Name)) + ">" : "");
    }

    private static string Outer(Type type, Type[] arguments, int outerCount)
    {
        if (type.DeclaringType is { } declaring)
            return Name(outerCount > 0 ? declaring.MakeGenericType(arguments[..outerCount]) : declaring) + ".";
        return type.Namespace is { Length: > 0 } space && space != "System" ? space + "." : "";
    }
}
