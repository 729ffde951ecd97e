#!/usr/bin/env python3
"""Loads models that Ensemble wrote into PyTorch, and holds their logits against those that Ensemble computed.

    load_safetensors.py FOLDER ...      or folders as lines of standard input, answered line by line
        FOLDER/model.json               architecture, classNames, inputShape
        FOLDER/model.safetensors        the weights, with PyTorch's state_dict names
        FOLDER/probe.safetensors        images [N, C, H, W], normalised, and logits [N, classes] from Ensemble

Needs PyTorch and numpy, not the safetensors package: the format is read here by hand. A line for each folder:
"ok ARCHITECTURE difference", or "FAIL ARCHITECTURE what". The exit code is 1 if one failed.
"""

import json
import pathlib
import struct
import sys

import numpy
import torch

from twins import twin

TOLERANCE = 1e-5
DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2", "I64": "<i8", "I32": "<i4", "U8": "u1", "BOOL": "?"}


def read_safetensors(path):
    data = path.read_bytes()
    (length,) = struct.unpack_from("<Q", data)
    header = json.loads(data[8:8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        values = numpy.frombuffer(data[8 + length + begin:8 + length + end], DTYPES[entry["dtype"]])
        tensors[name] = torch.from_numpy(values.copy()).reshape(entry["shape"])
    return tensors


def check(folder):
    record = json.loads((folder / "model.json").read_text())
    shape = tuple(record["inputShape"][side] for side in ("channels", "height", "width"))
    network = twin(record["architecture"], shape, len(record["classNames"]))
    network.load_state_dict(read_safetensors(folder / "model.safetensors"), strict=True)
    probe = read_safetensors(folder / "probe.safetensors")
    with torch.no_grad():
        logits = network.eval()(probe["images"])
    difference = (logits - probe["logits"]).abs().max().item() / max(1.0, logits.abs().max().item())
    verdict = "ok" if difference <= TOLERANCE else "FAIL"
    return verdict == "ok", f"{verdict} {record['architecture']} {difference:.2e}"


def main(folders):
    torch.set_num_threads(1)
    sound = True
    for folder in folders:
        try:
            fine, line = check(pathlib.Path(folder.strip()))
        except Exception as fault:
            fine, line = False, f"FAIL {folder.strip()} {type(fault).__name__}: {fault}".replace("\n", " ")
        sound &= fine
        print(line, flush=True)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or iter(sys.stdin.readline, "")))
