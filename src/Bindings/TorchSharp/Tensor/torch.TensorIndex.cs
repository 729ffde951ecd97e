namespace TorchSharp;

public static partial class torch
{
    /// <summary>One place between the brackets of an indexing expression.</summary>
    public readonly struct TensorIndex
    {
        public static readonly TensorIndex None = new(IndexKind.NewAxis);
        public static readonly TensorIndex Null = None;
        public static readonly TensorIndex Colon = new(IndexKind.Slice);
        public static readonly TensorIndex Ellipsis = new(IndexKind.Ellipsis);

        private TensorIndex(IndexKind kind, long? start = null, long? stop = null, long? step = null, torch.Tensor? tensor = null)
        {
            Kind = kind;
            Start = start;
            Stop = stop;
            Step = step;
            Value = tensor;
        }

        internal IndexKind Kind { get; }

        internal long? Start { get; }

        internal long? Stop { get; }

        internal long? Step { get; }

        internal torch.Tensor? Value { get; }

        public static implicit operator TensorIndex(long value) => new(IndexKind.Single, value);

        public static implicit operator TensorIndex(Index index) => new(IndexKind.Single, Offset(index));

        public static implicit operator TensorIndex(Range range) => Slice(range);

        public static TensorIndex Single(long? index) => index is { } i ? i : None;

        public static TensorIndex Slice(long? start = null, long? stop = null, long? step = null) => new(IndexKind.Slice, start, stop, step);

        public static TensorIndex Slice(Range range) =>
            new(IndexKind.Slice, Offset(range.Start), range.End.IsFromEnd && range.End.Value == 0 ? null : Offset(range.End));

        public static TensorIndex Tensor(torch.Tensor tensor) => new(IndexKind.Tensor, tensor: tensor);

        private static long Offset(Index index) => index.IsFromEnd ? -index.Value : index.Value;
    }

    internal enum IndexKind
    {
        Slice,
        Single,
        NewAxis,
        Ellipsis,
        Tensor,
    }
}
