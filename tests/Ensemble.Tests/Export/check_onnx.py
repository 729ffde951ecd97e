"""Holds ONNX files against python3-onnx's checker and shape inference: check_onnx.py FILE ...; a line for each that is not right."""
import sys

import onnx

for path in sys.argv[1:]:
    try:
        model = onnx.load(path)
        onnx.checker.check_model(model, full_check=True)
        inferred = onnx.shape_inference.infer_shapes(model, strict_mode=True)
        output = inferred.graph.output[0].type.tensor_type.shape.dim
        assert [dim.dim_param or dim.dim_value for dim in output] == ["N", 10], output
        assert len(model.graph.input) == 1 and model.opset_import[0].version == 18, "one input and operator set 18"
    except Exception as fault:  # noqa: BLE001 - every fault is the answer
        print(f"{path}: {fault}".replace("\n", " "))
