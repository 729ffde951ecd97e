#!/usr/bin/env python3
"""Writes fixtures/networks.json: what PyTorch's twins of every architecture answer (Debian's python3-torch, 1.13).

In float64, with weights and images that are float32: so what a test finds is its own side's rounding.

    OMP_NUM_THREADS=1 /usr/bin/python3 make_fixtures.py [ARCHITECTURE ...]     only these; the other records stay
"""

import json
import math
import pathlib
import sys

import torch

import formula
from twins import twin

FILE = pathlib.Path(__file__).parent / "fixtures" / "networks.json"
CLASSES = 10
SMALL, GREY, LARGE = (3, 32, 32), (1, 28, 28), (3, 64, 64)

EVALUATED = [
    *((name, SMALL) for name in (
        "resnet8", "resnet14", "resnet20", "resnet32", "resnet44", "resnet56", "resnet110", "resnet8x4", "resnet32x4",
        "wrn_16_1", "wrn_16_2", "wrn_40_1", "wrn_40_2", "wrn_28_10",
        "vgg8", "vgg11", "vgg13", "vgg16", "vgg19",
        "mobilenetv2", "mobilenetv2x1", "shufflev1", "shufflev2",
        "cifar-resnet18", "cifar-resnet50",
        "airbench", "airbenchx0.25", "cnn-16-32-64", "cnn-32-64-128",
        "mlp-30-30", "mlp-300-300")),
    *((name, GREY) for name in ("resnet8", "vgg8", "airbench", "cnn-8-16-24-32-40-48", "mlp-800-800", "mlp-1200-1200", "mlp-1200-1200-dropout")),
    *((name, LARGE) for name in ("resnet18", "resnet34", "resnet50", "vgg8", "wrn_16_1")),
]
TRAINED = {"resnet20", "wrn_16_2", "vgg8", "mobilenetv2", "shufflev1", "shufflev2", "cifar-resnet18", "cifar-resnet50", "resnet18", "airbench", "airbenchx0.25", "cnn-16-32-64"}
DIFFERENTIATED = {"resnet20", "wrn_16_2", "vgg8", "mobilenetv2", "shufflev1", "shufflev2", "cifar-resnet50", "resnet18", "airbench", "cnn-16-32-64", "mlp-300-300"}


def rounded(tensor):
    return [[float(f"{value:.8g}") for value in row] for row in tensor.detach().tolist()]


def choose_gain(network, images):
    """The gain at which two images' answers differ most nearly by 0.5: neither blown up nor dead."""
    def distance(gain):
        formula.fill(network, gain)
        logits = network(images)
        spread = (logits[0] - logits[1]).pow(2).mean().sqrt().item()
        return abs(math.log(max(spread, 1e-30) / 0.5)) + max(0.0, math.log(logits.abs().max().item() / 5))

    with torch.no_grad():
        return min((1.5, 1.3, 1.15, 1.0, 0.85, 0.7, 0.55, 0.4), key=distance)


def record(architecture, shape):
    network = twin(architecture, shape, CLASSES).eval()
    images = formula.images(4, shape)
    gain = choose_gain(network, images[:2])
    formula.fill(network, gain)
    network, images = network.double(), images.double()
    answer = {"architecture": architecture, "input": list(shape), "classes": CLASSES, "gain": gain}
    with torch.no_grad():
        answer["logits"] = rounded(network(images[:2]))
    if architecture in DIFFERENTIATED:
        leaf = images[:2].clone().requires_grad_()
        logits = network(leaf)
        weights = torch.from_numpy(formula.uniform("objective", logits.numel())).float().double().reshape(logits.shape)
        (logits * weights).sum().backward()
        # Every 97th value: all channels, all rows.
        answer["gradient"] = rounded(leaf.grad.flatten()[::97].unsqueeze(0))[0]
    if architecture in TRAINED:
        network.train()
        with torch.no_grad():
            answer["trainingLogits"] = rounded(network(images))
            network.eval()
            answer["logitsAfterTraining"] = rounded(network(images[:2]))
    print(architecture, shape, gain, answer["logits"][0][:3], answer["logits"][1][:3], flush=True)
    return answer


def main(wanted):
    records = json.loads(FILE.read_text())["networks"] if wanted else []
    old = {(r["architecture"], tuple(r["input"])): r for r in records}
    new = [old.get(key) if wanted and key[0] not in wanted and key in old else record(*key) for key in EVALUATED]
    lines = ",\n".join(json.dumps(r, separators=(",", ":")) for r in new)
    FILE.write_text(f'{{"torch":"{torch.__version__}","networks":[\n{lines}\n]}}\n')


if __name__ == "__main__":
    main(set(sys.argv[1:]))
