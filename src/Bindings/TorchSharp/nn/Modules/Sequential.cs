namespace TorchSharp.Modules;

/// <summary>Modules applied one after another; what lies between them is freed unless the tape holds it.</summary>
public class Sequential : torch.nn.Module<torch.Tensor, torch.Tensor>
{
    private readonly List<torch.nn.Module<torch.Tensor, torch.Tensor>> _steps = [];

    internal Sequential(IEnumerable<(string Name, torch.nn.Module<torch.Tensor, torch.Tensor> Module)> modules)
        : base(nameof(Sequential))
    {
        foreach (var (name, module) in modules) append(name, module);
    }

    public int Count => _steps.Count;

    public torch.nn.IModule<torch.Tensor, torch.Tensor> this[int index] => _steps[index];

    public Sequential append(string name, torch.nn.IModule<torch.Tensor, torch.Tensor> module)
    {
        if (module is not torch.nn.Module<torch.Tensor, torch.Tensor> step)
            throw new ArgumentException($"{module.GetType().Name} is no torch.nn.Module", nameof(module));
        register_module(name, step);
        _steps.Add(step);
        return this;
    }

    public Sequential append(torch.nn.IModule<torch.Tensor, torch.Tensor> module) =>
        append(_steps.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), module);

    public override torch.Tensor forward(torch.Tensor tensor)
    {
        if (_steps.Count == 0) return tensor.alias();
        var value = tensor;
        foreach (var step in _steps)
        {
            var next = step.call(value);
            // A step may hand its input on; and the first input is the caller's.
            if (value != next && value != tensor) value.Dispose();
            value = next;
        }

        return value;
    }
}
