using System.Reflection;
using ApiSurface;
using TorchSharp.Tests.Cases;
using TorchSharp.Tests.Oracle;

namespace TorchSharp.Tests;

/// <summary>Every public member that computes is called by a case with PyTorch's values, or stands below with its test.</summary>
public sealed class CompletenessTests
{
    // Members that no fixture can hold: which test class calls them instead, and why.
    private static readonly Dictionary<string, (Type Tests, string Reason)> s_elsewhere = new()
    {
        ["Dispose"] = (typeof(TensorLifetimeTests), "lifetime"),
    };

    [Fact]
    public void Binding_EveryComputingMember_IsHeldAgainstPyTorchOrTestedByItself()
    {
        var cases = CalledMembers.Of(OperatorTable.All.Values);
        var elsewhere = s_elsewhere.Values.Select(entry => entry.Tests).Distinct().ToDictionary(tests => tests, CalledMembers.Of);

        var missing = Members().Where(member => !cases.Contains(CalledMembers.Definition(member)) && !Elsewhere(member));

        Assert.Empty(missing.Select(Describe));

        bool Elsewhere(MethodBase member) =>
            s_elsewhere.TryGetValue(Name(member), out var entry) && elsewhere[entry.Tests].Contains(CalledMembers.Definition(member));
    }

    [Fact]
    public void Exemptions_EachEntry_NamesAMemberThatIsThere() =>
        Assert.Empty(s_elsewhere.Keys.Except(Members().Select(Name)));

    [Fact]
    public void Of_LambdaThatAddsATensor_NamesThatOverloadOnly()
    {
        Func<torch.Tensor[], object> call = t => t[0].add(t[1]);

        var called = CalledMembers.Of([call]);

        Assert.Equal([typeof(torch.Tensor).GetMethod("add", [typeof(torch.Tensor)])!], called);
    }

    // Of tensors, of torch and of the static classes in it.
    private static IEnumerable<MethodBase> Members()
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var types = typeof(torch).GetNestedTypes().SelectMany(Nested).Where(type => type.IsAbstract && type.IsSealed);
        return types.Append(typeof(torch)).Append(typeof(torch.Tensor))
            .SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.GetBaseDefinition().DeclaringType != typeof(object));
    }

    private static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes().SelectMany(Nested).Prepend(type);

    // A property's accessors stand under the property's name.
    private static string Name(MethodBase member) =>
        member.IsSpecialName && member.Name[..4] is "get_" or "set_" ? member.Name[4..] : member.Name;

    private static string Describe(MethodBase member) => ApiLister.Line((MethodInfo)member);
}
