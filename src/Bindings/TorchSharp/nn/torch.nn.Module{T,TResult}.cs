namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that maps one value to another.</summary>
        public abstract class Module<T, TResult> : HookableModule<Func<Module<T, TResult>, T, T>, Func<Module<T, TResult>, T, TResult, TResult>>, IModule<T, TResult>
        {
            protected Module(string name)
                : base(name)
            {
            }

            public abstract TResult forward(T input);

            public TResult call(T input)
            {
                if (!HasHooks) return forward(input);
                foreach (var hook in PreHooks) input = hook(this, input);
                var result = forward(input);
                foreach (var hook in PostHooks) result = hook(this, input, result);
                return result;
            }
        }
    }
}
