namespace TorchSharp.Modules;

/// <summary>What the states of Adam and AdamW do alike.</summary>
internal static class AdamState
{
    internal static void Initialize<TState>(TState state, IAdamOptions options)
        where TState : OptimizerState, IAdamState
    {
        state.Step = 0;
        state.ExpAvg.zero_().Dispose();
        state.ExpAvgSq.zero_().Dispose();
        state.MaxExpAvgSq?.Dispose();
        state.MaxExpAvgSq = options.AmsGrad == true ? state.Zeros() : null;
    }

    internal static void Copy<TState>(TState from, TState to)
        where TState : OptimizerState, IAdamState
    {
        to.Step = from.Step;
        to.Assign(ref to.ExpAvg, from.ExpAvg);
        to.Assign(ref to.ExpAvgSq, from.ExpAvgSq);
        to.Assign(ref to.MaxExpAvgSq, from.MaxExpAvgSq);
    }

    internal static void Load<TState>(TState state, BinaryReader reader)
        where TState : OptimizerState, IAdamState
    {
        state.Step = reader.ReadInt64();
        state.Load(reader, ref state.ExpAvg);
        state.Load(reader, ref state.ExpAvgSq);
        state.LoadOptional(reader, ref state.MaxExpAvgSq);
    }

    internal static void Save(IAdamState state, BinaryWriter writer)
    {
        writer.Write(state.Step);
        OptimizerState.Save(writer, state.ExpAvg);
        OptimizerState.Save(writer, state.ExpAvgSq);
        OptimizerState.SaveOptional(writer, state.MaxExpAvgSq);
    }

    internal static void Dispose(IAdamState state)
    {
        state.ExpAvg.Dispose();
        state.ExpAvgSq.Dispose();
        state.MaxExpAvgSq?.Dispose();
    }
}
