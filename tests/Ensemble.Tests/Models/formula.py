"""Weights and images that PyTorch and C# (FormulaWeights.cs) compute to the same bits, so that none need be kept."""

import math

import numpy
import torch

_MASK = 0xFFFFFFFFFFFFFFFF


def uniform(name, count):
    """count numbers in [-1, 1), 24 bits each: SplitMix64's mixing of the name's FNV-1a hash and the position."""
    key = 0xCBF29CE484222325
    for byte in name.encode():
        key = ((key ^ byte) * 0x100000001B3) & _MASK
    with numpy.errstate(over="ignore"):
        z = numpy.uint64(key) + numpy.arange(1, count + 1, dtype=numpy.uint64) * numpy.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> numpy.uint64(30))) * numpy.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> numpy.uint64(27))) * numpy.uint64(0x94D049BB133111EB)
        z ^= z >> numpy.uint64(31)
    return (z >> numpy.uint64(40)).astype(numpy.float64) / 2 ** 23 - 1


def fill(network, gain):
    """Every weight and running statistic; gain times He's deviation for convolutions and linear layers."""
    with torch.no_grad():
        for name, tensor in network.state_dict().items():
            if name.endswith("num_batches_tracked"):
                tensor.zero_()
                continue
            offset, scale = 0.0, 0.1
            if tensor.dim() > 1:
                scale = gain * math.sqrt(6.0 / (tensor.numel() // tensor.shape[0]))
            elif name.endswith("running_var"):
                offset, scale = 1.0, 0.5
            elif name.endswith("running_mean"):
                scale = 0.2
            elif name.endswith("weight"):
                offset, scale = 0.8, 0.3
            values = (offset + scale * uniform(name, tensor.numel())).astype(numpy.float32)
            tensor.copy_(torch.from_numpy(values).reshape(tensor.shape))


def images(count, shape):
    """[count, C, H, W] within +-1.7, as normalised images are."""
    values = (1.7 * uniform("images", count * shape[0] * shape[1] * shape[2])).astype(numpy.float32)
    return torch.from_numpy(values).reshape(count, *shape)
