using System.Reflection;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>Layers, losses, and how they are put together.</summary>
    public static partial class nn
    {
        public static Modules.Parameter Parameter(Tensor data, bool requires_grad = true) => new(data, requires_grad);

        /// <summary>A part of a network: parameters, buffers and submodules under names.</summary>
        /// <remarks>
        /// A class of one's own calls <see cref="RegisterComponents"/> at the end of its constructor: its fields that hold
        /// modules, parameters and tensors are registered under the fields' names, in their order.
        /// </remarks>
        public class Module : IDisposable
        {
            private readonly List<(string Name, Modules.Parameter Value)> _parameters = [];
            private readonly List<(string Name, Tensor Value, bool Persistent)> _buffers = [];
            private readonly List<(string Name, Module Value)> _modules = [];
            private readonly string _name;
            private bool _registered;

            protected Module(string name) => _name = name;

            /// <summary>Whether dropout drops and batch norms use the batch's own statistics.</summary>
            public bool training { get; private set; } = true;

            public virtual string GetName() => _name;

            public virtual void register_parameter(string name, Modules.Parameter param)
            {
                RequireFree(name);
                if (param is null) return;
                param.DetachFromDisposeScope();
                _parameters.Add((name, param));
            }

            public virtual void register_buffer(string name, Tensor tensor, bool persistent = true)
            {
                RequireFree(name);
                if (tensor is null) return;
                tensor.DetachFromDisposeScope();
                _buffers.Add((name, tensor, persistent));
            }

            public virtual void register_module(string name, Module submodule)
            {
                RequireFree(name);
                if (submodule is null) return;
                submodule.RegisterComponents();
                _modules.Add((name, submodule));
            }

            public void add_module(string name, Module module) => register_module(name, module);

            public virtual IEnumerable<(string name, Module module)> named_children() => _modules.Select(child => (child.Name, child.Value));

            public virtual IEnumerable<Module> children() => _modules.Select(child => child.Value);

            /// <summary>Every module below this one, parents before children.</summary>
            public virtual IEnumerable<(string name, Module module)> named_modules()
            {
                foreach (var (name, child) in _modules)
                {
                    yield return (name, child);
                    foreach (var (inner, module) in child.named_modules()) yield return (Join(name, inner), module);
                }
            }

            public virtual IEnumerable<Module> modules() => named_modules().Select(found => found.module);

            public virtual IEnumerable<(string name, Modules.Parameter parameter)> named_parameters(bool recurse = true)
            {
                foreach (var (name, value) in _parameters) yield return (name, value);
                if (!recurse) yield break;
                foreach (var (child, module) in _modules)
                {
                    foreach (var (name, value) in module.named_parameters()) yield return (Join(child, name), value);
                }
            }

            public virtual IEnumerable<Modules.Parameter> parameters(bool recurse = true) => named_parameters(recurse).Select(found => found.parameter);

            public virtual IEnumerable<(string name, Tensor buffer)> named_buffers(bool recurse = true, bool include_nonpersistent = true)
            {
                foreach (var (name, value, persistent) in _buffers)
                {
                    if (persistent || include_nonpersistent) yield return (name, value);
                }

                if (!recurse) yield break;
                foreach (var (child, module) in _modules)
                {
                    foreach (var (name, value) in module.named_buffers(true, include_nonpersistent)) yield return (Join(child, name), value);
                }
            }

            public virtual IEnumerable<Tensor> buffers(bool recurse = true, bool include_nonpersistent = true) =>
                named_buffers(recurse, include_nonpersistent).Select(found => found.buffer);

            /// <summary>Parameters and persistent buffers under PyTorch's names; the tensors are the module's own.</summary>
            public virtual Dictionary<string, Tensor> state_dict(Dictionary<string, Tensor>? destination = null, string? prefix = null)
            {
                destination ??= [];
                var path = prefix ?? string.Empty;
                foreach (var (name, value) in _parameters) destination[Join(path, name)] = value;
                foreach (var (name, value, persistent) in _buffers)
                {
                    if (persistent) destination[Join(path, name)] = value;
                }

                foreach (var (name, child) in _modules) child.state_dict(destination, Join(path, name));
                return destination;
            }

            /// <summary>Copies values into the parameters and buffers of the same names.</summary>
            /// <exception cref="InvalidOperationException">strict, and the names differ.</exception>
            /// <exception cref="ArgumentException">A shape differs.</exception>
            public virtual (IList<string> missing_keys, IList<string> unexpected_keyes) load_state_dict(Dictionary<string, Tensor> source, bool strict = true, IList<string>? skip = null)
            {
                var own = state_dict();
                var skipped = skip ?? [];
                var missing = own.Keys.Where(key => !source.ContainsKey(key) && !skipped.Contains(key)).ToList();
                var unexpected = source.Keys.Where(key => !own.ContainsKey(key) && !skipped.Contains(key)).ToList();
                if (strict && missing.Count + unexpected.Count > 0)
                    throw new InvalidOperationException($"the loaded state_dict does not fit {GetName()}: missing {string.Join(", ", missing)}; unexpected {string.Join(", ", unexpected)}");
                using var guard = no_grad();
                using var scope = NewDisposeScope();
                foreach (var (key, target) in own)
                {
                    if (skipped.Contains(key) || !source.TryGetValue(key, out var value)) continue;
                    if (!value.shape.SequenceEqual(target.shape))
                        throw new ArgumentException($"{key} has shape [{string.Join(", ", value.shape)}], expected [{string.Join(", ", target.shape)}]", nameof(source));
                    target.copy_(value);
                }

                return (missing, unexpected);
            }

            public virtual void train(bool train = true)
            {
                training = train;
                foreach (var child in children()) child.train(train);
            }

            public virtual void eval() => train(false);

            public virtual void zero_grad(bool set_to_none = true)
            {
                foreach (var parameter in parameters())
                {
                    if (set_to_none)
                    {
                        parameter.grad = null;
                        continue;
                    }

                    using var gradient = parameter.grad;
                    gradient?.zero_().Dispose();
                }
            }

            public virtual Module apply(Action<Module> fn)
            {
                foreach (var child in children()) child.apply(fn);
                fn(this);
                return this;
            }

            public void Dispose()
            {
                Dispose(true);
                GC.SuppressFinalize(this);
            }

            internal void To(Device? device, ScalarType? dtype, bool nonBlocking)
            {
                using var guard = no_grad();
                foreach (var parameter in parameters()) Convert(parameter, device, dtype, nonBlocking);
                foreach (var buffer in buffers()) Convert(buffer, device, dtype, nonBlocking);
            }

            protected virtual void Dispose(bool disposing)
            {
                if (!disposing) return;
                foreach (var (_, value) in _parameters) value.Dispose();
                foreach (var (_, value, _) in _buffers) value.Dispose();
                foreach (var child in children()) child.Dispose();
            }

            /// <summary>Registers the fields of a class of one's own; the modules of this library register theirs themselves.</summary>
            protected virtual void RegisterComponents()
            {
                if (_registered) return;
                _registered = true;
                if (GetType().Assembly == typeof(Module).Assembly) return;
                foreach (var field in GetType().GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance))
                {
                    switch (field.GetValue(this))
                    {
                        case Module module:
                            register_module(field.Name, module);
                            break;
                        case Modules.Parameter parameter:
                            register_parameter(field.Name, parameter);
                            break;
                        case Tensor buffer:
                            register_buffer(field.Name, buffer);
                            break;
                    }
                }
            }

            // A property of a layer that holds a component: what it held is disposed, and the new one takes its place in
            // the order; null takes the component away.
            private protected Modules.Parameter? Put(string name, Modules.Parameter? value)
            {
                var place = _parameters.FindIndex(item => item.Name == name);
                if (place < 0) register_parameter(name, value!);
                else if (ReferenceEquals(_parameters[place].Value, value)) return value;
                else _parameters[place].Value.Dispose();
                if (place >= 0 && value is null) _parameters.RemoveAt(place);
                else if (place >= 0) _parameters[place] = (name, (Modules.Parameter)value!.DetachFromDisposeScope());
                return value;
            }

            private protected Tensor? Put(string name, Tensor? value)
            {
                var place = _buffers.FindIndex(item => item.Name == name);
                if (place < 0) register_buffer(name, value!);
                else if (ReferenceEquals(_buffers[place].Value, value)) return value;
                else _buffers[place].Value.Dispose();
                if (place >= 0 && value is null) _buffers.RemoveAt(place);
                else if (place >= 0) _buffers[place] = (name, value!.DetachFromDisposeScope(), _buffers[place].Persistent);
                return value;
            }

            private protected void Put(string name, Module value)
            {
                value.RegisterComponents();
                _modules[_modules.FindIndex(item => item.Name == name)] = (name, value);
            }

            // The same parameter object afterwards, so that optimisers and fields that hold it stay right.
            private static void Convert(Tensor tensor, Device? device, ScalarType? dtype, bool nonBlocking)
            {
                var wanted = dtype is { } type && tensor.is_floating_point() ? type : tensor.dtype;
                using var source = tensor.detach();
                using var moved = source.to(wanted, device ?? tensor.device, non_blocking: nonBlocking);
                var trained = tensor.requires_grad;
                tensor.Rebind(moved);
                if (trained) tensor.requires_grad = true;
            }

            private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

            private void RequireFree(string name)
            {
                if (string.IsNullOrEmpty(name) || name.Contains('.', StringComparison.Ordinal))
                    throw new ArgumentException($"'{name}' cannot name a component: it is empty or holds a dot", nameof(name));
                if (_parameters.Any(item => item.Name == name) || _buffers.Any(item => item.Name == name) || _modules.Any(item => item.Name == name))
                    throw new InvalidOperationException($"{GetName()} already has a component '{name}'");
            }
        }
    }
}
