namespace Ensemble.Export.Onnx;

/// <summary>Field numbers of the messages of onnx.proto that an exported classifier needs.</summary>
internal static class OnnxFields
{
    /// <summary>ModelProto.</summary>
    public static class Model
    {
        public const int IrVersion = 1, ProducerName = 2, ProducerVersion = 3, Graph = 7, OperatorSet = 8, Metadata = 14;
    }

    /// <summary>OperatorSetIdProto.</summary>
    public static class OperatorSet
    {
        public const int Domain = 1, Version = 2;
    }

    /// <summary>StringStringEntryProto.</summary>
    public static class Entry
    {
        public const int Key = 1, Value = 2;
    }

    /// <summary>GraphProto.</summary>
    public static class Graph
    {
        public const int Node = 1, Name = 2, Initializer = 5, Input = 11, Output = 12;
    }

    /// <summary>NodeProto.</summary>
    public static class Node
    {
        public const int Input = 1, Output = 2, Operator = 4, Attribute = 5;
    }

    /// <summary>AttributeProto, and the numbers of its types.</summary>
    public static class Attribute
    {
        public const int Name = 1, Number = 2, Integer = 3, Integers = 8, Type = 20;
        public const int TypeNumber = 1, TypeInteger = 2, TypeIntegers = 7;
    }

    /// <summary>TensorProto.</summary>
    public static class Tensor
    {
        public const int Sizes = 1, DataType = 2, Name = 8, Raw = 9;
    }

    /// <summary>ValueInfoProto, TypeProto, TypeProto.Tensor, TensorShapeProto and its Dimension.</summary>
    public static class Value
    {
        public const int Name = 1, Type = 2, TensorType = 1, ElementType = 1, Shape = 2, Dimension = 1, Size = 1, SizeName = 2;
    }
}
