#!/usr/bin/env python3
"""Writes features.json beside this file: what PyTorch's autograd makes of the methods that compare maps, in float64.

Run by hand when a case is added (/usr/bin/python3 make_feature_fixtures.py); the tests only read the file. Made with Debian's
PyTorch 1.13 on the CPU. Shares no code with the library: pooling is a loop over windows, attention is taken place by place.
"""
import json
import pathlib

import torch

from make_method_fixtures import flat, hashed

HERE = pathlib.Path(__file__).parent


def draw(stream, shape, spread=1.0):
    count = 1
    for size in shape:
        count *= size
    return torch.from_numpy((hashed(stream, count) - 0.5) * 2 * spread).float().reshape(shape)


def pool(x, side):
    step = x.shape[2] // side
    if step == 1:
        return x
    return sum(x[:, :, i::step, j::step] for i in range(step) for j in range(step)) / step**2


def attention(x):
    rows = []
    for image in x:
        energy = sum(channel**2 for channel in image).flatten()
        rows.append(energy / energy.dot(energy).sqrt())
    return torch.stack(rows)


def case(name, method, stream, batch, student_shape, member_shapes, weights=None):
    student = draw(stream, (batch, *student_shape))
    members = [draw(stream + 1 + k, (batch, *shape)) for k, shape in enumerate(member_shapes)]
    kernels = [draw(stream + 20 + k, (shape[0], student_shape[0])) for k, shape in enumerate(member_shapes)]
    biases = [draw(stream + 40 + k, (shape[0],)) for k, shape in enumerate(member_shapes)]
    u = student.double().requires_grad_()
    total, first = 0.0, kernels[0].double().requires_grad_()
    for k, member in enumerate(members):
        side = min(u.shape[2], member.shape[2])
        if method == "attention":
            value = ((attention(pool(u, side)) - attention(pool(member.double(), side))) ** 2).mean()
        else:
            kernel = first if k == 0 else kernels[k].double()
            guess = torch.einsum("oc,bchw->bohw", kernel, u) + biases[k].double().reshape(1, -1, 1, 1)
            value = ((pool(guess if len(kernel) != u.shape[1] else u, side) - pool(member.double(), side)) ** 2).mean()
        total = total + value * (weights[k] if weights else 1 / len(members))
    total.backward()
    return {
        "name": name, "method": method, "batch": batch, "studentShape": student_shape, "memberShapes": member_shapes,
        "memberWeights": weights, "student": flat(student), "members": [flat(m) for m in members], "kernels": [flat(k) for k in kernels],
        "biases": [flat(b) for b in biases], "value": total.item(), "gradient": flat(u.grad),
        "kernelGradient": flat(first.grad) if first.grad is not None else None,
    }


cases = [
    case("attention, one size", "attention", 2000, 3, [4, 3, 3], [[6, 3, 3]]),
    case("attention, larger student", "attention", 2100, 2, [3, 4, 4], [[5, 2, 2], [2, 4, 4]]),
    case("attention, larger teacher, weights", "attention", 2200, 2, [3, 2, 2], [[5, 4, 4], [2, 2, 2]], [0.3, 0.7]),
    case("fitnets, other channels", "fitnets", 2300, 3, [4, 3, 3], [[6, 3, 3]]),
    case("fitnets, same channels", "fitnets", 2400, 2, [4, 2, 2], [[4, 4, 4]]),
    case("fitnets, two teachers, weights", "fitnets", 2500, 2, [3, 4, 4], [[5, 2, 2], [3, 4, 4]], [0.6, 0.4]),
]
(HERE / "features.json").write_text(json.dumps({"pytorch": torch.__version__, "cases": cases}, indent=1) + "\n")
