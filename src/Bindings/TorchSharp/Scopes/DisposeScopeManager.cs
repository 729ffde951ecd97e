namespace TorchSharp;

/// <summary>Keeps each thread's innermost dispose scope.</summary>
public class DisposeScopeManager
{
    [ThreadStatic]
    private static DisposeScope? s_current;

    // A scope may have been disposed on another thread, such as after an await: it owns nothing any more.
    internal static DisposeScope? Current
    {
        get
        {
            while (s_current is { IsDisposed: true }) s_current = s_current.Outer;
            return s_current;
        }
    }

    internal static DisposeScope Enter() => s_current = new DisposeScope(Current);

    // A scope disposed out of order takes the scopes inside it along: what they own is disposed with them.
    internal static void Leave(DisposeScope scope)
    {
        for (var inner = s_current; inner is not null; inner = inner.Outer)
        {
            if (inner != scope) continue;
            while (s_current != scope) s_current!.Dispose();
            s_current = scope.Outer;
            return;
        }
    }
}
