namespace Ensemble.Cli.Rendering;

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Header">What is in it, with the unit; a line break where the header may break.</param>
/// <param name="IsNumber">Whether it lines up on the right.</param>
/// <param name="DropOrder">Where a terminal is too narrow, columns go in this order, from 1; 0 stays.</param>
internal sealed record TextColumn(string Header, bool IsNumber = false, int DropOrder = 0);
