namespace TorchSharp;

/// <summary>Owns the tensors made on this thread while it is the innermost scope, and disposes them with itself.</summary>
/// <remarks>Made by <see cref="torch.NewDisposeScope"/>. What is to outlive the scope is moved to the outer one, or detached.</remarks>
public sealed class DisposeScope : IDisposable
{
    private readonly List<IDisposable?> _owned = [];
    private volatile bool _disposed;

    internal DisposeScope(DisposeScope? outer) => Outer = outer;

    /// <summary>How many disposables the scope owns now.</summary>
    public int DisposablesCount => _owned.Count(item => item is not null);

    /// <summary>What the scope owns now.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => _owned.OfType<IDisposable>().ToArray();

    internal DisposeScope? Outer { get; }

    internal bool IsDisposed => _disposed;

    public void Attach(IDisposable disposable)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (disposable is torch.Tensor tensor)
        {
            tensor.Scope?.Forget(tensor);
            Add(tensor);
        }
        else if (!Contains(disposable))
        {
            _owned.Add(disposable);
        }
    }

    public void Attach(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Attach(disposable);
    }

    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? tensor.Scope == this : _owned.Contains(disposable);

    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Forget(disposable);
        return disposable;
    }

    public void Detach(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Forget(disposable);
    }

    /// <summary>Hands what the scope owns to the scope around it; without one, nobody owns it any more.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        Move(disposable, Outer);
        return disposable;
    }

    public (T1 first, T2 second) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable => (MoveToOuter(first), MoveToOuter(second));

    public (T1 first, T2 second, T3 third) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable => (MoveToOuter(first), MoveToOuter(second), MoveToOuter(third));

    public void MoveToOuter(params IDisposable[] disposables)
    {
        foreach (var disposable in disposables) Move(disposable, Outer);
    }

    public T MoveToOther<T>(DisposeScope scope, T disposable)
        where T : IDisposable
    {
        Move(disposable, scope);
        return disposable;
    }

    public void DisposeEverything()
    {
        foreach (var item in TakeAll()) item.Dispose();
    }

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        foreach (var item in TakeAll())
        {
            if (ReferenceEquals(item, keep)) Attach(item);
            else item.Dispose();
        }

        return keep;
    }

    /// <summary>Forgets a disposable that was disposed by somebody else.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Forget(disposable);

    public void Dispose()
    {
        if (_disposed) return;
        DisposeEverything();
        _disposed = true;
        DisposeScopeManager.Leave(this);
    }

    internal void Add(torch.Tensor tensor)
    {
        tensor.Scope = this;
        tensor.Slot = _owned.Count;
        _owned.Add(tensor);
    }

    // A long loop inside one scope disposes what it makes: the emptied tail is cut, so that the list does not grow.
    internal void Forget(IDisposable disposable)
    {
        int slot;
        if (disposable is torch.Tensor tensor)
        {
            if (tensor.Scope != this) return;
            slot = tensor.Slot;
            tensor.Scope = null;
        }
        else
        {
            slot = _owned.LastIndexOf(disposable);
            if (slot < 0) return;
        }

        _owned[slot] = null;
        while (_owned.Count > 0 && _owned[^1] is null) _owned.RemoveAt(_owned.Count - 1);
    }

    private void Move(IDisposable disposable, DisposeScope? scope)
    {
        if (!Contains(disposable)) return;
        Forget(disposable);
        scope?.Attach(disposable);
    }

    private List<IDisposable> TakeAll()
    {
        var items = _owned.OfType<IDisposable>().ToList();
        _owned.Clear();
        foreach (var item in items)
        {
            if (item is torch.Tensor tensor) tensor.Scope = null;
        }

        return items;
    }
}
