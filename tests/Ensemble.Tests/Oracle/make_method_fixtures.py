#!/usr/bin/env python3
"""Writes methods.json beside this file: what PyTorch's autograd makes of each distillation method in float64.

Run by hand when a case is added (/usr/bin/python3 make_method_fixtures.py); the tests only read the file. Made with Debian's PyTorch
1.13 on the CPU. Nothing here shares code or formulas with the library: probabilities instead of log-probabilities, one-hot
products instead of gathers, numpy's way of writing Pearson's correlation, loops over rows instead of whole tensors.
"""
import json
import pathlib

import numpy
import torch

HERE = pathlib.Path(__file__).parent
torch.set_num_threads(1)


def hashed(stream, count):
    """count numbers in [0, 1), multiples of 2^-24: the same formula as HashedValues.Uniform."""
    with numpy.errstate(over="ignore"):
        h = numpy.arange(count, dtype=numpy.uint32) * numpy.uint32(0x9E3779B1) + numpy.uint32(stream) * numpy.uint32(0x85EBCA77)
        h ^= h >> numpy.uint32(16)
        h *= numpy.uint32(0x85EBCA6B)
        h ^= h >> numpy.uint32(13)
        h *= numpy.uint32(0xC2B2AE35)
        h ^= h >> numpy.uint32(16)
    return (h >> numpy.uint32(8)).astype(numpy.float64) / 2**24


def flat(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def average(teachers, temperature, averaging, weights):
    p = torch.softmax(teachers / temperature, 2)
    w = torch.tensor(weights, dtype=torch.float64).reshape(-1, 1, 1)
    if averaging == "geometric":
        powers = (p.clamp_min(1e-300) ** w).prod(0)
        return powers / powers.sum(1, keepdim=True)
    return (w * p).sum(0)


def kl(p, q):
    return (p * (p / q).log()).sum()


def logits(z, teachers, target, o):
    v = sum(w * t for w, t in zip(o["weights"], teachers))
    return {"logits": 0.5 * sum(((a - b) ** 2).mean() for a, b in zip(z, v)) / len(z)}


def mean_kl(z, teachers, target, o):
    q = torch.softmax(z / o["temperature"], 1)
    return {"soft": sum(w * kl(torch.softmax(t / o["temperature"], 1), q) for w, t in zip(o["weights"], teachers)) / len(z) * o["temperature"] ** 2}


def dkd(z, teachers, target, o):
    p, q = average(teachers, o["temperature"], o["averaging"], o["weights"]), torch.softmax(z / o["temperature"], 1)
    tckd, nckd = 0.0, 0.0
    for row in range(len(z)):
        for label in range(z.shape[1]):
            share = target[row, label].item()
            if share == 0:
                continue
            others = [c for c in range(z.shape[1]) if c != label]
            a, b = p[row, label], q[row, label]
            tckd = tckd + share * (a * (a / b).log() + (1 - a) * ((1 - a) / (1 - b)).log())
            nckd = nckd + share * kl(p[row, others] / p[row, others].sum(), q[row, others] / q[row, others].sum())
    scale = o["temperature"] ** 2 / len(z)
    return {"target": o["alpha"] * tckd * scale, "others": o["beta"] * nckd * scale}


def kd_std(z, teachers, target, o):
    def standard(x):
        return torch.stack([(row - row.mean()) / (row.std(unbiased=False) + 1e-7) for row in x])

    v = average(teachers, 1.0, o["averaging"], o["weights"]).log()
    p, q = torch.softmax(standard(v) / o["temperature"], 1), torch.softmax(standard(z) / o["temperature"], 1)
    return {"soft": kl(p, q) / len(z) * o["temperature"] ** 2}


def dist(z, teachers, target, o):
    p, q = average(teachers, o["temperature"], o["averaging"], o["weights"]), torch.softmax(z / o["temperature"], 1)

    def distance(a, b):
        pairs = [torch.corrcoef(torch.stack([x, y]))[0, 1] for x, y in zip(a, b)]
        return sum(1 - r for r in pairs) / len(pairs)

    scale = o["temperature"] ** 2
    return {"inter": o["inter"] * scale * distance(q, p), "intra": o["intra"] * scale * distance(q.T, p.T)}


METHODS = {"logits": logits, "mean-kl": mean_kl, "dkd": dkd, "kd-std": kd_std, "dist": dist}


def case(method, stream, members, batch, classes, spread, temperature=4.0, hard=0.1, soft=None, averaging="arithmetic",
         weights=None, smoothing=0.0, mixed=False, alpha=1.0, beta=8.0, inter=2.0, intra=2.0):
    def draw(part, count):
        return torch.from_numpy((hashed(stream + part, count) - 0.5) * 2 * spread).float()

    student = draw(0, batch * classes).reshape(batch, classes)
    teachers = draw(1, members * batch * classes).reshape(members, batch, classes)
    labels = torch.from_numpy((hashed(stream + 2, batch) * classes).astype(numpy.int64))
    mix_labels = torch.from_numpy((hashed(stream + 3, batch) * classes).astype(numpy.int64))
    mix_weights = torch.from_numpy(hashed(stream + 4, batch)).float()
    target = torch.nn.functional.one_hot(labels, classes).double()
    if mixed:
        share = mix_weights.double().reshape(-1, 1)
        target = (1 - share) * target + share * torch.nn.functional.one_hot(mix_labels, classes)
    options = {"temperature": temperature, "averaging": averaging, "weights": weights or [1 / members] * members,
               "alpha": alpha, "beta": beta, "inter": inter, "intra": intra}
    z = student.double().requires_grad_()
    share = 1 - hard if soft is None else soft
    terms = {name: share * value for name, value in METHODS[method](z, teachers.double(), target, options).items()}
    if hard > 0:
        smoothed = (1 - smoothing) * target + smoothing / classes
        terms["hard"] = -hard * (smoothed * torch.softmax(z, 1).log()).sum() / batch
    sum(terms.values()).backward()
    return {
        "name": f"{method}, stream {stream}", "method": method, "members": members, "batch": batch, "classes": classes,
        "temperature": temperature, "hardWeight": hard, "softWeight": soft, "averaging": averaging, "memberWeights": weights,
        "labelSmoothing": smoothing, "alpha": alpha, "beta": beta, "inter": inter, "intra": intra,
        "student": flat(student), "teachers": flat(teachers), "labels": labels.tolist(),
        "mixLabels": mix_labels.tolist() if mixed else None, "mixWeights": flat(mix_weights) if mixed else None,
        "terms": {name: value.item() for name, value in terms.items()}, "gradient": flat(z.grad),
    }


cases = []
for number, method in enumerate(METHODS):
    stream = 1000 + 100 * number
    cases += [
        case(method, stream, 1, 4, 5, 3, temperature=1.0, hard=0.0),
        case(method, stream + 10, 3, 5, 6, 5),
        case(method, stream + 20, 3, 7, 10, 6, temperature=2.0, hard=1.0, soft=1.0, averaging="geometric"),
        case(method, stream + 30, 2, 3, 4, 4, hard=0.5, weights=[0.25, 0.75], smoothing=0.1, alpha=0.5, beta=2.0, inter=1.0, intra=3.0),
        case(method, stream + 40, 2, 4, 5, 3, hard=0.3, mixed=True, smoothing=0.2),
        case(method, stream + 50, 2, 2, 3, 2, temperature=10.0, soft=9.0),
    ]
(HERE / "methods.json").write_text(json.dumps({"pytorch": torch.__version__, "cases": cases}, indent=1) + "\n")
