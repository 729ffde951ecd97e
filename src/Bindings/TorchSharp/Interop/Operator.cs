using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One operator of libtorch's dispatcher, looked up by its schema name when first called.</summary>
/// <param name="name">Schema name with namespace, such as <c>aten::add</c>.</param>
/// <param name="overload">Overload name, such as <c>Tensor</c>; empty for the one without.</param>
/// <remarks>Arguments stand in the order of the schema; those left out at the end take the schema's defaults.</remarks>
internal sealed unsafe class Operator(string name, string overload = "")
{
    private const int StackLongs = 64;
    private const int MaxResults = 4;

    private nint _handle;

    /// <summary>Calls the operator and takes its one tensor.</summary>
    /// <exception cref="ExternalException">libtorch refused the call; the message is its own.</exception>
    public torch.Tensor Invoke(params ReadOnlySpan<Arg> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Call(arguments, results);
        return torch.Tensor.Own((nint)results[0].Pointer);
    }

    /// <summary>Calls the operator and takes its two tensors.</summary>
    public (torch.Tensor First, torch.Tensor Second) InvokePair(params ReadOnlySpan<Arg> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Call(arguments, results);
        return (torch.Tensor.Own((nint)results[0].Pointer), torch.Tensor.Own((nint)results[1].Pointer));
    }

    /// <summary>Calls the operator and takes its three tensors.</summary>
    public (torch.Tensor First, torch.Tensor Second, torch.Tensor Third) InvokeTriple(params ReadOnlySpan<Arg> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Call(arguments, results);
        return (torch.Tensor.Own((nint)results[0].Pointer), torch.Tensor.Own((nint)results[1].Pointer), torch.Tensor.Own((nint)results[2].Pointer));
    }

    /// <summary>Calls the operator and takes its list of tensors.</summary>
    public torch.Tensor[] InvokeList(params ReadOnlySpan<Arg> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Call(arguments, results);
        var handles = (nint*)results[0].Pointer;
        var tensors = new torch.Tensor[results[0].Count];
        for (var k = 0; k < tensors.Length; k++) tensors[k] = torch.Tensor.Own(handles[k]);
        NativeMethods.ens_free(handles);
        return tensors;
    }

    /// <summary>Calls the operator and takes its boolean or integer.</summary>
    public long InvokeInteger(params ReadOnlySpan<Arg> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Call(arguments, results);
        return results[0].Integer;
    }

    /// <summary>Calls an operator that gives nothing back.</summary>
    public void InvokeVoid(params ReadOnlySpan<Arg> arguments)
    {
        Value* results = stackalloc Value[MaxResults];
        Call(arguments, results);
    }

    private void Call(ReadOnlySpan<Arg> arguments, Value* results)
    {
        if (_handle == 0) Find();
        Value* values = stackalloc Value[arguments.Length];
        var longs = 0;
        foreach (ref readonly var argument in arguments) longs += argument.Reference is Array array ? array.Length : 0;
        long* buffer = stackalloc long[Math.Min(longs, StackLongs)];
        if (longs <= StackLongs)
        {
            Call(arguments, values, buffer, results);
            return;
        }

        fixed (long* large = new long[longs]) Call(arguments, values, large, results);
    }

    private void Call(ReadOnlySpan<Arg> arguments, Value* values, long* buffer, Value* results)
    {
        for (var k = 0; k < arguments.Length; k++) buffer = Fill(in arguments[k], values + k, buffer);
        int produced;
        var status = NativeMethods.ens_call(_handle, values, arguments.Length, results, MaxResults, &produced);
        foreach (ref readonly var argument in arguments) GC.KeepAlive(argument.Reference);
        NativeMethods.Check(status);
    }

    // Lists are copied into the buffer rather than pinned: they are short, and the buffer lies on the stack.
    private static long* Fill(in Arg argument, Value* value, long* buffer)
    {
        value->Tag = argument.Tag;
        switch (argument.Tag)
        {
            case ValueTag.Tensor:
                value->Pointer = (void*)((torch.Tensor)argument.Reference!).Handle;
                return buffer;
            case ValueTag.Generator:
                value->Pointer = (void*)((torch.Generator)argument.Reference!).Handle;
                return buffer;
            case ValueTag.IntList:
                var integers = (long[])argument.Reference!;
                integers.CopyTo(new Span<long>(buffer, integers.Length));
                return Advance(value, buffer, integers.Length);
            case ValueTag.TensorList or ValueTag.OptionalTensorList:
                var tensors = (torch.Tensor?[])argument.Reference!;
                for (var k = 0; k < tensors.Length; k++) buffer[k] = tensors[k] is { } tensor ? tensor.Handle : 0;
                return Advance(value, buffer, tensors.Length);
            case ValueTag.String:
                var bytes = (byte[])argument.Reference!;
                bytes.CopyTo(new Span<byte>(buffer, bytes.Length));
                return Advance(value, buffer, bytes.Length);
            default:
                value->Integer = argument.Bits;
                return buffer;
        }
    }

    private static long* Advance(Value* value, long* buffer, int count)
    {
        value->Pointer = buffer;
        value->Count = count;
        return buffer + count;
    }

    private void Find() => NativeMethods.Check(NativeMethods.ens_operator(name, overload, out _handle));
}
