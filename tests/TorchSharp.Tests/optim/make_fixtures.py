#!/usr/bin/env python3
"""Writes fixtures.json beside this file: what PyTorch itself does with fixed gradients and with schedules.

Run by hand when a case is added (python3 make_fixtures.py); the tests only read the file. Made with Debian's PyTorch 1.13,
whose step of one tensor at a time is used as the oracle: its foreach step writes into the caller's gradients.
"""
import json
import pathlib

import torch
from torch.optim.lr_scheduler import (
    ConstantLR, CosineAnnealingLR, ExponentialLR, LambdaLR, LinearLR, MultiStepLR, OneCycleLR, SequentialLR, StepLR)

STEPS = 10
EPOCHS = 30
SHAPES = [[3, 2], [4]]

generator = torch.Generator().manual_seed(20250)
initial = [torch.randn(shape, generator=generator) for shape in SHAPES]
gradients = [[torch.randn(shape, generator=generator) for shape in SHAPES] for _ in range(STEPS)]
# The second parameter has no gradient in these steps of the cases with gaps: the first step, and two in the middle.
GAPS = [0, 4, 5]


def trajectory(kind, options, groups=None, gaps=False):
    parameters = [torch.nn.Parameter(value.clone()) for value in initial]
    arguments = parameters if groups is None else [{"params": [p], **group} for p, group in zip(parameters, groups)]
    optimizer = getattr(torch.optim, kind)(arguments, foreach=False, **options)
    values = []
    for step, row in enumerate(gradients):
        for k, (parameter, gradient) in enumerate(zip(parameters, row)):
            parameter.grad = None if gaps and k == 1 and step in GAPS else gradient.clone()
        optimizer.step()
        values.append([flat(parameter) for parameter in parameters])
    return values


def flat(tensor):
    return [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]


def case(name, kind, options, groups=None, gaps=False):
    return {
        "name": name, "kind": kind, "options": options, "groups": groups, "gaps": gaps,
        "values": trajectory(kind, options, groups, gaps),
    }


adamGroups = [{"weight_decay": 0.1, "lr": 0.05}, {"betas": [0.8, 0.95], "eps": 1e-3}]
optimizers = [
    case("plain", "SGD", {"lr": 0.1}),
    case("momentum", "SGD", {"lr": 0.1, "momentum": 0.9}),
    case("dampening", "SGD", {"lr": 0.1, "momentum": 0.9, "dampening": 0.3}),
    case("weight decay", "SGD", {"lr": 0.1, "weight_decay": 0.05}),
    case("nesterov", "SGD", {"lr": 0.1, "momentum": 0.9, "nesterov": True}),
    case("maximize", "SGD", {"lr": 0.1, "maximize": True}),
    case("momentum, dampening, weight decay", "SGD", {"lr": 0.1, "momentum": 0.8, "dampening": 0.2, "weight_decay": 0.05}),
    case("nesterov, weight decay", "SGD", {"lr": 0.1, "momentum": 0.9, "weight_decay": 5e-4, "nesterov": True}),
    case("nesterov, weight decay, maximize", "SGD",
         {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.05, "nesterov": True, "maximize": True}),
    case("groups", "SGD", {"lr": 0.1, "momentum": 0.9}, [{"weight_decay": 0.05}, {"lr": 0.01, "momentum": 0.5}]),
    case("gaps", "SGD", {"lr": 0.1, "momentum": 0.9, "weight_decay": 0.05}, gaps=True),
]
for kind in ["Adam", "AdamW"]:
    optimizers += [
        case("defaults", kind, {"lr": 0.001, "weight_decay": 0.0}),
        case("lr, betas, eps", kind, {"lr": 0.1, "betas": [0.8, 0.95], "eps": 1e-2, "weight_decay": 0.0}),
        case("weight decay", kind, {"lr": 0.1, "weight_decay": 0.1}),
        case("amsgrad", kind, {"lr": 0.1, "betas": [0.9, 0.5], "weight_decay": 0.0, "amsgrad": True}),
        case("maximize", kind, {"lr": 0.1, "weight_decay": 0.0, "maximize": True}),
        case("weight decay, amsgrad, maximize", kind,
             {"lr": 0.1, "betas": [0.9, 0.5], "weight_decay": 0.1, "amsgrad": True, "maximize": True}),
        case("groups", kind, {"lr": 0.1, "weight_decay": 0.0}, adamGroups),
        case("gaps", kind, {"lr": 0.1, "betas": [0.9, 0.5], "weight_decay": 0.1, "amsgrad": True}, gaps=True),
    ]

SCHEDULES = {
    "StepLR": lambda o: StepLR(o, 7, gamma=0.3),
    "MultiStepLR": lambda o: MultiStepLR(o, [20, 5, 12, 12], gamma=0.2),
    "ExponentialLR": lambda o: ExponentialLR(o, gamma=0.9),
    "CosineAnnealingLR": lambda o: CosineAnnealingLR(o, 30),
    "CosineAnnealingLR, floor, past the end": lambda o: CosineAnnealingLR(o, 8, eta_min=0.001),
    "LambdaLR": lambda o: LambdaLR(o, lambda epoch: 1 / (1 + epoch)),
    "LinearLR": lambda o: LinearLR(o, start_factor=0.1, end_factor=0.8, total_iters=6),
    "LinearLR, defaults": lambda o: LinearLR(o),
    "ConstantLR": lambda o: ConstantLR(o, factor=0.25, total_iters=4),
    "SequentialLR, warm-up, cosine": lambda o: SequentialLR(
        o, [LinearLR(o, start_factor=0.01, total_iters=5), CosineAnnealingLR(o, 25)], [5]),
    "SequentialLR, three": lambda o: SequentialLR(
        o, [ConstantLR(o, factor=0.1, total_iters=3), MultiStepLR(o, [4, 8], gamma=0.5), ExponentialLR(o, gamma=0.9)], [3, 15]),
    "OneCycleLR": lambda o: OneCycleLR(o, 0.4, total_steps=30),
    "OneCycleLR, linear, per group": lambda o: OneCycleLR(
        o, [0.4, 0.1], epochs=10, steps_per_epoch=3, pct_start=0.25, anneal_strategy="linear",
        base_momentum=[0.8, 0.7], max_momentum=[0.9, 0.99], div_factor=10, final_div_factor=100),
    "OneCycleLR, three phases": lambda o: OneCycleLR(o, 0.4, total_steps=30, pct_start=0.4, three_phase=True),
    "OneCycleLR, no momentum": lambda o: OneCycleLR(o, 0.4, total_steps=30, cycle_momentum=False),
}


def schedule(name, kind):
    parameters = [torch.nn.Parameter(value.clone()) for value in initial]
    groups = [{"params": [parameters[0]], "lr": 0.1}, {"params": [parameters[1]], "lr": 0.02}]
    optimizer = torch.optim.SGD(groups, lr=0.1, momentum=0.9) if kind == "SGD" else torch.optim.Adam(groups)
    scheduler = SCHEDULES[name](optimizer)
    rates, momenta = [], []
    for epoch in range(EPOCHS + 1):
        rates.append([group["lr"] for group in optimizer.param_groups])
        momenta.append([group["momentum"] if kind == "SGD" else group["betas"][0] for group in optimizer.param_groups])
        optimizer.step()
        if epoch < EPOCHS:
            scheduler.step()
    return {"name": name, "kind": kind, "rates": rates, "momenta": momenta if name.startswith("OneCycle") else None}


fixtures = {
    "torch": torch.__version__,
    "shapes": SHAPES,
    "initial": [flat(value) for value in initial],
    "gradients": [[flat(value) for value in row] for row in gradients],
    "gaps": GAPS,
    "optimizers": optimizers,
    "schedules": [schedule(name, "SGD") for name in SCHEDULES] + [schedule("OneCycleLR", "Adam")],
}
lines = ",\n".join(
    f"{json.dumps(key)}: " + ("[\n" + ",\n".join(json.dumps(item) for item in value) + "\n]" if key in ("optimizers", "schedules") else json.dumps(value))
    for key, value in fixtures.items())
pathlib.Path(__file__).with_name("fixtures.json").write_text("{\n" + lines + "\n}\n")
