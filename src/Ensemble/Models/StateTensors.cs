using Ensemble.Storage;
using TorchSharp;

namespace Ensemble.Models;

/// <summary>A network's weights as safetensors records, under PyTorch's state_dict names.</summary>
public static class StateTensors
{
    private const string OtherNetwork = "use weights of the same architecture, classes and image shape";

    /// <summary>Copies every parameter and persistent buffer, in the order of the state_dict.</summary>
    /// <param name="network">The network; its weights may lie on any device.</param>
    public static IReadOnlyList<TensorRecord> Export(torch.nn.Module network) =>
        Export(network.state_dict().Select(found => (found.Key, found.Value)));

    /// <summary>Copies tensors.</summary>
    /// <param name="tensors">Tensors with their names, on any device.</param>
    public static IReadOnlyList<TensorRecord> Export(IEnumerable<(string Name, torch.Tensor Value)> tensors)
    {
        var records = new List<TensorRecord>();
        foreach (var (name, value) in tensors)
        {
            using var scope = torch.NewDisposeScope();
            var host = value.detach().cpu().contiguous();
            records.Add(new TensorRecord(name, ToSafetensors(host.dtype), host.shape, host.bytes.ToArray()));
        }

        return records;
    }

    /// <summary>Copies records into the parameters and buffers of the same names.</summary>
    /// <param name="network">The network, of the architecture that the records are of.</param>
    /// <param name="content">The records.</param>
    /// <param name="path">Where they were read, for the message.</param>
    /// <exception cref="DataFaultException">A name is missing or foreign, or a shape or dtype differs; nothing was copied.</exception>
    public static void Import(torch.nn.Module network, SafetensorsContent content, string path) =>
        Import(network.state_dict(), content.Tensors, path);

    /// <summary>Copies records into the tensors of the same names.</summary>
    /// <param name="own">The tensors, by name.</param>
    /// <param name="content">The records; names are unique.</param>
    /// <param name="path">Where they were read, for the message.</param>
    /// <exception cref="DataFaultException">A name is missing or foreign, or a shape or dtype differs; nothing was copied.</exception>
    public static void Import(IReadOnlyDictionary<string, torch.Tensor> own, IReadOnlyList<TensorRecord> content, string path)
    {
        var records = content.ToDictionary(record => record.Name);
        var missing = own.Keys.Except(records.Keys).ToArray();
        var foreign = records.Keys.Except(own.Keys).ToArray();
        if (missing.Length + foreign.Length > 0)
        {
            throw Fault(path, $"the {own.Count} tensors of the architecture", $"missing [{string.Join(", ", missing)}], foreign [{string.Join(", ", foreign)}]");
        }

        foreach (var (name, target) in own)
        {
            RequireAlike(records[name], target, path);
        }

        using var guard = torch.no_grad();
        foreach (var (name, target) in own)
        {
            using var scope = torch.NewDisposeScope();
            var host = torch.empty(target.shape, target.dtype);
            host.bytes = records[name].Data.ToArray();
            target.copy_(host);
        }
    }

    private static void RequireAlike(TensorRecord record, torch.Tensor target, string path)
    {
        if (!record.Shape.SequenceEqual(target.shape) || record.Dtype != ToSafetensors(target.dtype))
        {
            throw Fault(
                path,
                $"{record.Name} as {ToSafetensors(target.dtype)} [{string.Join(", ", target.shape)}]",
                $"{record.Dtype} [{string.Join(", ", record.Shape)}]",
                record.Shape.SequenceEqual(target.shape) ? $"save the weights as {ToSafetensors(target.dtype)}" : OtherNetwork);
        }
    }

    private static DataFaultException Fault(string path, string expected, string found, string remedy = OtherNetwork) => new(path, expected, found, remedy);

    private static SafetensorsDtype ToSafetensors(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => SafetensorsDtype.F32,
        torch.ScalarType.Float64 => SafetensorsDtype.F64,
        torch.ScalarType.Float16 => SafetensorsDtype.F16,
        torch.ScalarType.BFloat16 => SafetensorsDtype.BF16,
        torch.ScalarType.Int64 => SafetensorsDtype.I64,
        torch.ScalarType.Int32 => SafetensorsDtype.I32,
        torch.ScalarType.Byte => SafetensorsDtype.U8,
        torch.ScalarType.Bool => SafetensorsDtype.BOOL,
        _ => throw new NotSupportedException($"weights of {type} have no safetensors type here"),
    };
}
