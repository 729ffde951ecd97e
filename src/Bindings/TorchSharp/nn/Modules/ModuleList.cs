using System.Collections;
using System.Globalization;

namespace TorchSharp.Modules;

/// <summary>A list of modules, registered under their positions.</summary>
public class ModuleList<T> : torch.nn.Module, IEnumerable<T>
    where T : torch.nn.Module
{
    private readonly List<T> _items = [];

    public ModuleList(params T[] modules)
        : base(nameof(ModuleList<T>)) => extend(modules);

    public int Count => _items.Count;

    public T this[int index]
    {
        get => _items[index];
        set
        {
            _items[index] = value;
            Put(index.ToString(CultureInfo.InvariantCulture), value);
        }
    }

    public void Add(T item)
    {
        register_module(_items.Count.ToString(CultureInfo.InvariantCulture), item);
        _items.Add(item);
    }

    public void append(params T[] parameters) => extend(parameters);

    public void extend(IEnumerable<T> modules)
    {
        foreach (var module in modules) Add(module);
    }

    public IEnumerator<T> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
