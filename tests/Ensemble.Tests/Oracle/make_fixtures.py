#!/usr/bin/env python3
"""Writes objectives.json, networks.json and training.json beside this file: what PyTorch itself makes of the same numbers.

Run by hand when a case is added (python3 make_fixtures.py); the tests only read the files. Made with Debian's PyTorch 1.13
on the CPU. Weights and images are a formula of their place (hashed), which HashedValues.cs has too, so that the files hold
results only. Nothing here shares code or formulas with the library: distributions are averaged as probabilities in float64,
the divergence is a cross-entropy less an entropy, gradients are autograd's, weight decay is added to the loss by hand.
"""
import json
import math
import pathlib

import numpy
import torch
from torch import nn

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


def fill(module, offset=0):
    """Sets every weight by its place in the state_dict, as HashedValues.Fill."""
    state = module.state_dict()
    for stream, (name, tensor) in enumerate(state.items()):
        u = torch.from_numpy(hashed(offset + stream, tensor.numel())).reshape(tensor.shape)
        if name.endswith("num_batches_tracked"):
            tensor.zero_()
        elif tensor.dim() >= 2:
            fan_in = tensor[0].numel()
            scale = 1.0
            while scale * scale * fan_in > 6:
                scale /= 2
            tensor.copy_((u - 0.5) * 2 * scale)
        elif name.endswith("running_var") or name.endswith("weight"):
            tensor.copy_(u + 0.5)
        else:
            tensor.copy_(u - 0.5)


def flat(tensor, digits=9):
    return [float(f"{value:.{digits}g}") for value in tensor.detach().flatten().tolist()]


def write(name, content):
    text = json.dumps({"pytorch": torch.__version__, **content}, indent=1)
    (HERE / name).write_text(text + "\n")


# ---- objectives

def objective(name, members, batch, classes, temperature, weight, averaging, spread, stream):
    def logits(part, count):
        return torch.from_numpy((hashed(stream + part, count) - 0.5) * 2 * spread).float()

    student = logits(0, batch * classes).reshape(batch, classes)
    teachers = logits(1, members * batch * classes).reshape(members, batch, classes)
    labels = torch.from_numpy((hashed(stream + 2, batch) * classes).astype(numpy.int64))
    z = student.double().requires_grad_()
    softened = teachers.double() / temperature
    if averaging == "arithmetic":
        p = torch.softmax(softened, 2).mean(0)
    else:
        powers = torch.softmax(softened, 2).clamp_min(1e-300).prod(0) ** (1 / members)
        p = powers / powers.sum(1, keepdim=True)
    cross_entropy = -(p * torch.log_softmax(z / temperature, 1)).sum() / batch
    soft = (1 - weight) * temperature**2 * (cross_entropy - torch.special.entr(p).sum() / batch)
    hard = -weight * torch.log_softmax(z, 1)[torch.arange(batch), labels].sum() / batch
    (soft + hard).backward()
    return {
        "name": name, "members": members, "batch": batch, "classes": classes, "temperature": temperature, "hardWeight": weight,
        "averaging": averaging, "student": flat(student), "teachers": flat(teachers), "labels": labels.tolist(),
        "hard": hard.item(), "soft": soft.item(), "gradient": flat(z.grad),
    }


objectives = [
    objective("one teacher, T 1, soft only", 1, 3, 4, 1.0, 0.0, "arithmetic", 3, 100),
    objective("three teachers, T 4", 3, 5, 6, 4.0, 0.1, "arithmetic", 6, 110),
    objective("three teachers, T 4, geometric", 3, 5, 6, 4.0, 0.1, "geometric", 6, 110),
    objective("two teachers, T 20, half hard", 2, 4, 10, 20.0, 0.5, "arithmetic", 10, 120),
    objective("five teachers, T 2.5, geometric", 5, 2, 3, 2.5, 0.9, "geometric", 4, 130),
    objective("T below 1", 2, 3, 5, 0.5, 0.3, "arithmetic", 2, 140),
    objective("hard only", 2, 3, 5, 4.0, 1.0, "arithmetic", 4, 150),
]
write("objectives.json", {"cases": objectives})


# ---- networks

class Block(nn.Module):
    def __init__(self, inputs, channels, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, channels, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv2 = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(channels)
        if stride != 1 or inputs != channels:
            self.downsample = nn.Sequential(nn.Conv2d(inputs, channels, 1, stride, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        shortcut = self.downsample(x) if hasattr(self, "downsample") else x
        return torch.relu(shortcut + self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x))))))


class ResNet(nn.Module):
    def __init__(self, blocks, stem, widths, classes, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, stem, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(stem)
        inputs = stem
        for stage, width in enumerate(widths):
            setattr(self, f"layer{stage + 1}", nn.Sequential(*[
                Block(inputs if k == 0 else width, width, 2 if k == 0 and stage > 0 else 1) for k in range(blocks)]))
            inputs = width
        self.fc = nn.Linear(inputs, classes)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        x = self.layer3(self.layer2(self.layer1(x)))
        return self.fc(x.mean((2, 3)))


def images(stream, count, channels, side):
    return torch.from_numpy((hashed(stream, count * channels * side * side) - 0.5) * 4).float().reshape(count, channels, side, side)


def network(name, module, channels, side):
    fill(module)
    x = images(900, 4, channels, side)
    labels = torch.arange(4)
    module.eval()
    evaluated = module(x)
    module.train()
    trained = module(x)
    nn.functional.cross_entropy(trained, labels).backward()
    state = module.state_dict()
    return {
        "name": name, "channels": channels, "side": side, "classes": 10, "batch": 4,
        "evalLogits": flat(evaluated), "trainLogits": flat(trained), "conv1Gradient": flat(module.conv1.weight.grad),
        "runningMean": flat(state["bn1.running_mean"]), "runningVar": flat(state["layer3.0.bn2.running_var"]),
        "tracked": int(state["bn1.num_batches_tracked"]),
    }


write("networks.json", {"cases": [
    network("resnet8", ResNet(1, 16, [16, 32, 64], 10, 3), 3, 16),
    network("resnet8x4", ResNet(1, 32, [64, 128, 256], 10, 3), 3, 8),
    network("resnet14x0.25", ResNet(2, 4, [4, 8, 16], 10, 1), 1, 12),
]})


# ---- training: full batches, so that the order of the images does not matter

STEPS, PEAK, MOMENTUM, DECAY, WARMUP = 10, 0.2, 0.9, 0.05, 0.2


def learning_rate(step):
    warmup = WARMUP * STEPS
    if step < warmup:
        return PEAK * (step + 1) / warmup
    return PEAK * (1 + math.cos(math.pi * (step - warmup) / (STEPS - warmup))) / 2


def mlp(sizes):
    layers = [nn.Flatten()]
    for a, b in zip(sizes, sizes[1:]):
        layers += [nn.Linear(a, b), nn.ReLU()]
    module = nn.Module()
    module.layers = nn.Sequential(*layers[:-1])
    module.forward = module.layers.forward
    return module


def train(name, student, channels, side, teachers=(), temperature=4.0, weight=1.0):
    classes, count = 3, 12
    fill(student, 300)
    for k, teacher in enumerate(teachers):
        fill(teacher, 400 + 100 * k)
        teacher.eval()
    raw = torch.from_numpy((hashed(800, count * channels * side * side) * 256).astype(numpy.uint8)).reshape(count, channels, side, side)
    mean = torch.tensor([0.4 + 0.1 * c for c in range(channels)], dtype=torch.float64).reshape(-1, 1, 1)
    std = torch.tensor([0.25 + 0.05 * c for c in range(channels)], dtype=torch.float64).reshape(-1, 1, 1)
    x = ((raw.double() / 255 - mean) / std).float()
    labels = torch.arange(count) % classes
    with torch.no_grad():
        p = torch.stack([torch.softmax(teacher(x).double() / temperature, 1) for teacher in teachers]).mean(0).float() if teachers else None
    optimizer = torch.optim.SGD(student.parameters(), lr=PEAK, momentum=MOMENTUM, nesterov=True, foreach=False)
    student.train()
    losses = []
    for step in range(STEPS):
        for group in optimizer.param_groups:
            group["lr"] = learning_rate(step)
        z = student(x)
        loss = weight * nn.functional.cross_entropy(z, labels)
        if teachers:
            q = torch.log_softmax(z / temperature, 1)
            loss = loss + (1 - weight) * temperature**2 * (torch.special.xlogy(p, p) - p * q).sum() / count
        losses.append(loss.item())
        penalty = sum((w * w).sum() for w in student.parameters() if w.dim() >= 2) * (DECAY / 2)
        optimizer.zero_grad()
        (loss + penalty).backward()
        optimizer.step()
    return {
        "name": name, "channels": channels, "side": side, "classes": classes, "count": count, "teachers": len(teachers),
        "temperature": temperature, "hardWeight": weight, "losses": losses,
        "state": {key: flat(value) for key, value in student.state_dict().items()},
    }


write("training.json", {
    "steps": STEPS, "learningRate": PEAK, "momentum": MOMENTUM, "weightDecay": DECAY, "warmupShare": WARMUP,
    "learningRates": [learning_rate(step) for step in range(STEPS)],
    "cases": [
        train("mlp-7-5", mlp([18, 7, 5, 3]), 2, 3),
        train("mlp-7", mlp([18, 7, 3]), 2, 3, [mlp([18, 9, 3]), mlp([18, 9, 3])], 3.0, 0.3),
        train("resnet8x0.25", ResNet(1, 4, [4, 8, 16], 3, 3), 3, 8),
    ],
})
