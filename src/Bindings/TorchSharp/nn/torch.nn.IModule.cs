namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>Something that maps one value to another.</summary>
        public interface IModule<T, TResult>
        {
            TResult call(T input1);
        }
    }
}
