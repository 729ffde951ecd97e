using System.Reflection;
using System.Reflection.Emit;

namespace TorchSharp.Tests.Oracle;

/// <summary>
/// The members that code calls, read from its IL: so that a table of lambdas says by itself which members it covers, and
/// an overload cannot be taken for its neighbour.
/// </summary>
internal static class CalledMembers
{
    private static readonly Dictionary<ushort, OpCode> s_opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ushort)code.Value);

    /// <summary>What the delegates call, through code of their own assembly too; as definitions, not instantiations.</summary>
    public static HashSet<MethodBase> Of(IEnumerable<Delegate> delegates) =>
        Collect(delegates.SelectMany(each => Targets(each, [])));

    /// <summary>What every method of a type and of its nested types calls.</summary>
    public static HashSet<MethodBase> Of(Type type) => Collect(Methods(type));

    /// <summary>A method as it is declared, free of type arguments: members compare equal in this form only.</summary>
    public static MethodBase Definition(MethodBase method) => method.Module.ResolveMethod(method.MetadataToken)!;

    private static IEnumerable<MethodBase> Methods(Type type)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        return type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All)).Concat(type.GetNestedTypes(All).SelectMany(Methods));
    }

    // A lambda that only hands on holds another lambda in its closure.
    private static IEnumerable<MethodBase> Targets(Delegate each, HashSet<object> seen)
    {
        yield return each.Method;
        if (each.Target is null || !seen.Add(each.Target)) yield break;
        foreach (var field in each.Target.GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
        {
            if (field.GetValue(each.Target) is not Delegate inner) continue;
            foreach (var target in Targets(inner, seen)) yield return target;
        }
    }

    private static HashSet<MethodBase> Collect(IEnumerable<MethodBase> roots)
    {
        var home = typeof(CalledMembers).Assembly;
        var called = new HashSet<MethodBase>();
        var pending = new Stack<MethodBase>(roots);
        var visited = new HashSet<MethodBase>();
        while (pending.TryPop(out var method))
        {
            if (!visited.Add(Definition(method))) continue;
            foreach (var callee in Callees(method))
            {
                if (callee.Module.Assembly == home) pending.Push(callee);
                else called.Add(Definition(callee));
            }
        }

        return called;
    }

    private static IEnumerable<MethodBase> Callees(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var typeArguments = method.DeclaringType?.GetGenericArguments();
        var methodArguments = method is MethodInfo { IsGenericMethod: true } ? method.GetGenericArguments() : null;
        for (var at = 0; at < il.Length;)
        {
            var code = il[at] == 0xFE ? s_opCodes[(ushort)(0xFE00 | il[at + 1])] : s_opCodes[il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineMethod or OperandType.InlineTok
                && method.Module.ResolveMember(BitConverter.ToInt32(il, at), typeArguments, methodArguments) is MethodBase callee)
                yield return callee;
            at += OperandSize(code.OperandType, il, at);
        }
    }

    private static int OperandSize(OperandType type, byte[] il, int at) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(il, at)),
        _ => 4,
    };
}
