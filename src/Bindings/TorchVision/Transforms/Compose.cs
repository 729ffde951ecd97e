namespace TorchSharp;

public static partial class torchvision
{
    public static partial class transforms
    {
        /// <summary>Transforms one after another.</summary>
        /// <param name="transforms">At least one, the first to be applied first.</param>
        /// <exception cref="ArgumentException">There is none.</exception>
        public static ITransform Compose(params ITransform[] transforms)
        {
            ArgumentNullException.ThrowIfNull(transforms);
            return transforms.Length > 0
                ? new Composition([.. transforms])
                : throw new ArgumentException("must hold at least one transform", nameof(transforms));
        }

        private sealed class Composition(ITransform[] parts) : ITransform
        {
            public torch.Tensor call(torch.Tensor input1)
            {
                var current = input1;
                foreach (var part in parts)
                {
                    var next = part.call(current);
                    if (!ReferenceEquals(current, input1) && !ReferenceEquals(current, next)) current.Dispose();
                    current = next;
                }

                return current;
            }
        }
    }
}
