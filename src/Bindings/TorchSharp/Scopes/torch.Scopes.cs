namespace TorchSharp;

public static partial class torch
{
    /// <summary>Opens a scope that owns every tensor made on this thread until it is disposed.</summary>
    public static DisposeScope NewDisposeScope() => DisposeScopeManager.Enter();

    /// <summary>Evaluates in a scope of its own and hands only the result out.</summary>
    public static Tensor WrappedTensorDisposeScope(Func<Tensor> expr)
    {
        using var scope = NewDisposeScope();
        return expr().MoveToOuterDisposeScope();
    }
}
