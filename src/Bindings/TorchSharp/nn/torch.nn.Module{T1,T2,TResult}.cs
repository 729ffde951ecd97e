namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that maps two values to one, such as a loss.</summary>
        public abstract class Module<T1, T2, TResult> : Module
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T1 input1, T2 input2);

            public TResult call(T1 input1, T2 input2) => forward(input1, input2);
        }
    }
}
