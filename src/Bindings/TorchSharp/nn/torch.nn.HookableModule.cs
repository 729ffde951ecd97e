namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        /// <summary>A module that others can watch: a hook is called with each input or output, and may replace it.</summary>
        public class HookableModule<TPreHook, TPostHook> : Module
            where TPreHook : class
            where TPostHook : class
        {
            private readonly Dictionary<string, TPreHook> _preHooks = [];
            private readonly Dictionary<string, TPostHook> _postHooks = [];
            private long _hooksMade;

            protected HookableModule(string name)
                : base(name)
            {
            }

            private protected IEnumerable<TPreHook> PreHooks => _preHooks.Values;

            private protected IEnumerable<TPostHook> PostHooks => _postHooks.Values;

            private protected bool HasHooks => _preHooks.Count + _postHooks.Count > 0;

            public HookRemover register_forward_pre_hook(TPreHook hook)
            {
                var key = NextKey();
                _preHooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            public HookRemover register_forward_hook(TPostHook hook)
            {
                var key = NextKey();
                _postHooks.Add(key, hook);
                return new HookRemover(this, key);
            }

            private string NextKey() => (_hooksMade++).ToString(System.Globalization.CultureInfo.InvariantCulture);

            /// <summary>Takes a hook away again.</summary>
            public class HookRemover
            {
                private readonly HookableModule<TPreHook, TPostHook> _module;
                private readonly string _key;

                public HookRemover(HookableModule<TPreHook, TPostHook> module, string key)
                {
                    _module = module;
                    _key = key;
                }

                public void remove()
                {
                    _module._preHooks.Remove(_key);
                    _module._postHooks.Remove(_key);
                }
            }
        }
    }
}
