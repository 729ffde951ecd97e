using System.Runtime.InteropServices;

namespace TorchSharp.Interop;

/// <summary>One tagged argument or result as it crosses to shim.cpp: 16 bytes, the last 8 shared.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct Value
{
    [FieldOffset(0)]
    public ValueTag Tag;

    [FieldOffset(4)]
    public int Count;

    [FieldOffset(8)]
    public long Integer;

    [FieldOffset(8)]
    public double Real;

    [FieldOffset(8)]
    public void* Pointer;
}
