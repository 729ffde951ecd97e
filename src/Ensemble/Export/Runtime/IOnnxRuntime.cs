namespace Ensemble.Export.Runtime;

/// <summary>A program that runs ONNX models, independent of this project.</summary>
internal interface IOnnxRuntime
{
    /// <summary>Its name and version, for records.</summary>
    string Name { get; }

    /// <summary>Runs images through a model, and times it.</summary>
    /// <param name="request">The model and the images.</param>
    /// <returns>The model's output for every image, in their order.</returns>
    /// <exception cref="RuntimeFaultException">The runtime refuses the model, or ends without an answer.</exception>
    RuntimeAnswer Run(RuntimeRequest request);
}
