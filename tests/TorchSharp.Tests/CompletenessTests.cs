using System.Reflection;
using ApiSurface;
using TorchSharp.Tests.Cases;
using TorchSharp.Tests.optim;
using TorchSharp.Tests.Oracle;

namespace TorchSharp.Tests;

/// <summary>Every public operator, function, layer and property is called by a case with PyTorch's values, or stands below with its test.</summary>
public sealed class CompletenessTests
{
    // Members that no fixture can hold: which test class calls them instead, and why.
    private static readonly Dictionary<string, (Type Tests, string Reason)> s_elsewhere = new()
    {
        ["Dispose"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["Handle"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["IsInvalid"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["TotalCount"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["PeakCount"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["NewDisposeScope"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["WrappedTensorDisposeScope"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["MoveToOuterDisposeScope"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["MoveToOtherDisposeScope"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["DetachFromDisposeScope"] = (typeof(TensorLifetimeTests), "lifetime"),
        ["bytes"] = (typeof(TensorDataTests), "memory"),
        ["data"] = (typeof(TensorDataTests), "memory"),
        ["item"] = (typeof(TensorDataTests), "memory"),
        ["ToScalar"] = (typeof(TensorDataTests), "memory"),
        ["is_integral"] = (typeof(TensorDataTests), "not PyTorch's"),
        ["is_cpu"] = (typeof(TensorDataTests), "the device"),
        ["is_cuda"] = (typeof(TensorDataTests), "the device"),
        ["device_type"] = (typeof(TensorDataTests), "the device"),
        ["backward"] = (typeof(AutogradTests), "the tape; every case's gradient comes through grad"),
        ["grad"] = (typeof(AutogradTests), "the tape"),
        ["requires_grad"] = (typeof(AutogradTests), "the tape"),
        ["requires_grad_"] = (typeof(AutogradTests), "the tape"),
        ["is_leaf"] = (typeof(AutogradTests), "the tape"),
        ["no_grad"] = (typeof(AutogradTests), "the thread's mode"),
        ["enable_grad"] = (typeof(AutogradTests), "the thread's mode"),
        ["inference_mode"] = (typeof(AutogradTests), "the thread's mode"),
        ["is_grad_enabled"] = (typeof(AutogradTests), "the thread's mode"),
        ["device"] = (typeof(MachineTests), "the machine"),
        ["CUDA"] = (typeof(MachineTests), "the machine"),
        ["cuda"] = (typeof(MachineTests), "the machine"),
        ["cuda_is_available"] = (typeof(MachineTests), "the machine"),
        ["is_available"] = (typeof(MachineTests), "the machine"),
        ["is_cudnn_available"] = (typeof(MachineTests), "the machine"),
        ["device_count"] = (typeof(MachineTests), "the machine"),
        ["synchronize"] = (typeof(MachineTests), "the machine"),
        ["__version__"] = (typeof(MachineTests), "the machine"),
        ["get_num_threads"] = (typeof(MachineTests), "the machine"),
        ["set_num_threads"] = (typeof(MachineTests), "the machine"),
        ["manual_seed"] = (typeof(MachineTests), "given before every random case"),
        ["manual_seed_all"] = (typeof(MachineTests), "needs a CUDA device to show"),
        ["ModuleList"] = (typeof(ModuleTests), "a container without arithmetic"),
        ["Sequential"] = (typeof(ModuleTests), "containers; one overload stands in the cases"),
    };

    // Optimisers and schedules have fixtures of their own.
    private static readonly Type[] s_optimTests =
        [typeof(SGDTests), typeof(AdamTests), typeof(AdamWTests), typeof(LRSchedulerTests), typeof(OptimizerHelperTests)];

    [Fact]
    public void Binding_EveryComputingMember_IsHeldAgainstPyTorchOrTestedByItself()
    {
        var cases = CalledMembers.Of(OperatorTable.All.Values.Concat<Delegate>(ModuleTable.All.Values));
        cases.UnionWith(s_optimTests.SelectMany(CalledMembers.Of));
        var elsewhere = s_elsewhere.Values.Select(entry => entry.Tests).Distinct().ToDictionary(tests => tests, CalledMembers.Of);

        var missing = Members().Where(member => !cases.Contains(CalledMembers.Definition(member)) && !Elsewhere(member));

        var lines = missing.Select(Describe).ToArray();
        Assert.True(lines.Length == 0, $"no case in fixtures/cases_*.py and Cases/*.cs, and no test named here, calls\n{string.Join('\n', lines)}");

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
