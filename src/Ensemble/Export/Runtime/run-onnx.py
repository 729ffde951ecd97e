"""Runs an ONNX model by Python's onnxruntime: python3 run-onnx.py REQUEST.json; the answer's facts go to standard output."""
import json
import sys
import time

import numpy
import onnxruntime


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        request = json.load(file)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = request["threads"]
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(request["model"], options, providers=["CPUExecutionProvider"])
    name = session.get_inputs()[0].name
    dtype = numpy.dtype(request["type"])
    count, *shape = request["shape"]
    pixels = numpy.fromfile(request["input"], dtype=dtype).reshape([count, *shape])
    with open(request["output"], "wb") as output:
        for first in range(0, count, request["batch"]):
            answer = session.run(None, {name: pixels[first:first + request["batch"]]})[0]
            output.write(numpy.ascontiguousarray(answer, dtype=numpy.float32).tobytes())

    latency = {}
    for size in request["latencyBatches"]:
        images = numpy.zeros([size, *shape], dtype=dtype)
        times = []
        for _ in range(request["warmups"] + request["passes"]):
            begin = time.perf_counter()
            session.run(None, {name: images})
            times.append(1000 * (time.perf_counter() - begin))
        counted = sorted(times[request["warmups"]:])
        latency[size] = counted[len(counted) // 2]
    json.dump({"latency": latency}, sys.stdout)


main()
