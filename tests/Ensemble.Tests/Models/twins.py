"""PyTorch twins of the networks in src/Ensemble/Models, by the same names: the oracle of their tests.

Written from the papers and from the names and shapes of the published weights (fixtures/cifar-state-dicts.txt.gz), in
another manner than the C# (tables and functions rather than classes), so that a slip is not made twice.

    twin(architecture, (channels, height, width), classes) -> torch.nn.Module from images to logits
"""

import re

import torch
from torch import nn
from torch.nn import functional as F


class Net(nn.Module):
    """Named parts, and what is done with them."""

    def __init__(self, forward, **parts):
        super().__init__()
        for name, part in parts.items():
            self.add_module(name, part)
        self._do = forward

    def forward(self, x):
        return self._do(self, x)


def conv(inputs, outputs, side, stride=1, groups=1, bias=False):
    return nn.Conv2d(inputs, outputs, side, stride, side // 2, groups=groups, bias=bias)


def bn(channels):
    return nn.BatchNorm2d(channels)


def mean(x):
    return x.mean((2, 3))


def projection(inputs, outputs, stride):
    return nn.Sequential(conv(inputs, outputs, 1, stride), bn(outputs))


def stack(blocks):
    return nn.Sequential(*blocks)


# Residual networks. `shortcut` is the name of the projection: torchvision and resnetD say downsample, the benchmark's
# ResNet50 says shortcut.
def basic(inputs, channels, stride, shortcut):
    def forward(m, x):
        y = m.bn2(m.conv2(F.relu(m.bn1(m.conv1(x)))))
        return F.relu(y + (getattr(m, shortcut)(x) if projected else x))

    projected = stride != 1 or inputs != channels
    parts = {"conv1": conv(inputs, channels, 3, stride), "bn1": bn(channels), "conv2": conv(channels, channels, 3), "bn2": bn(channels)}
    if projected:
        parts[shortcut] = projection(inputs, channels, stride)
    return Net(forward, **parts)


def bottleneck(inputs, channels, stride, shortcut):
    def forward(m, x):
        y = F.relu(m.bn1(m.conv1(x)))
        y = F.relu(m.bn2(m.conv2(y)))
        return F.relu(m.bn3(m.conv3(y)) + (getattr(m, shortcut)(x) if projected else x))

    outputs = 4 * channels
    projected = stride != 1 or inputs != outputs
    parts = {
        "conv1": conv(inputs, channels, 1), "bn1": bn(channels),
        "conv2": conv(channels, channels, 3, stride), "bn2": bn(channels),
        "conv3": conv(channels, outputs, 1), "bn3": bn(outputs),
    }
    if projected:
        parts[shortcut] = projection(inputs, outputs, stride)
    return Net(forward, **parts)


def cifar_resnet(depth, width, channels, classes):
    def forward(m, x):
        return m.fc(mean(m.layer3(m.layer2(m.layer1(F.relu(m.bn1(m.conv1(x))))))))

    stem = round(16 * width if width <= 1 else max(16, 8 * width))
    widths = [stem] + [round(w * width) for w in (16, 32, 64)]
    n = (depth - 2) // 6
    layers = {
        f"layer{i}": stack(basic(widths[i] if k else widths[i - 1], widths[i], 2 if i > 1 and k == 0 else 1, "downsample") for k in range(n))
        for i in (1, 2, 3)
    }
    return Net(forward, conv1=conv(channels, stem, 3), bn1=bn(stem), **layers, fc=nn.Linear(widths[3], classes))


DEPTHS = {18: (basic, 1, (2, 2, 2, 2)), 34: (basic, 1, (3, 4, 6, 3)), 50: (bottleneck, 4, (3, 4, 6, 3)),
          101: (bottleneck, 4, (3, 4, 23, 3)), 152: (bottleneck, 4, (3, 8, 36, 3))}


def four_stages(depth, shortcut):
    block, expansion, counts = DEPTHS[depth]
    layers, inputs = {}, 64
    for i, count in enumerate(counts):
        width, blocks = 64 * 2 ** i, []
        for k in range(count):
            blocks.append(block(inputs, width, 2 if i > 0 and k == 0 else 1, shortcut))
            inputs = width * expansion
        layers[f"layer{i + 1}"] = stack(blocks)
    return layers, inputs


def large_resnet(depth, channels, classes):
    def forward(m, x):
        x = F.max_pool2d(F.relu(m.bn1(m.conv1(x))), 3, 2, 1)
        return m.fc(mean(m.layer4(m.layer3(m.layer2(m.layer1(x))))))

    layers, features = four_stages(depth, "downsample")
    return Net(forward, conv1=nn.Conv2d(channels, 64, 7, 2, 3, bias=False), bn1=bn(64), **layers, fc=nn.Linear(features, classes))


def small_resnet(depth, channels, classes):
    def forward(m, x):
        x = F.relu(m.bn1(m.conv1(x)))
        return m.linear(mean(m.layer4(m.layer3(m.layer2(m.layer1(x))))))

    layers, features = four_stages(depth, "shortcut")
    return Net(forward, conv1=conv(channels, 64, 3), bn1=bn(64), **layers, linear=nn.Linear(features, classes))


# Wide residual networks, arXiv 1605.07146.
def wide_block(inputs, channels, stride):
    def forward(m, x):
        a = F.relu(m.bn1(x))
        y = m.conv2(F.relu(m.bn2(m.conv1(a))))
        return y + (m.convShortcut(a) if inputs != channels else x)

    parts = {"bn1": bn(inputs), "conv1": conv(inputs, channels, 3, stride), "bn2": bn(channels), "conv2": conv(channels, channels, 3)}
    if inputs != channels:
        parts["convShortcut"] = conv(inputs, channels, 1, stride)
    return Net(forward, **parts)


def wide_resnet(depth, width, channels, classes):
    def forward(m, x):
        return m.fc(mean(F.relu(m.bn1(m.block3(m.block2(m.block1(m.conv1(x))))))))

    widths = [16, 16 * width, 32 * width, 64 * width]
    n = (depth - 4) // 6
    blocks = {
        f"block{i}": Net(lambda m, x: m.layer(x), layer=stack(
            wide_block(widths[i] if k else widths[i - 1], widths[i], 2 if i > 1 and k == 0 else 1) for k in range(n)))
        for i in (1, 2, 3)
    }
    return Net(forward, conv1=conv(channels, 16, 3), **blocks, bn1=bn(widths[3]), fc=nn.Linear(widths[3], classes))


# VGG with batch norm, arXiv 1409.1556.
VGG = {8: (1, 1, 1, 1, 1), 11: (1, 1, 2, 2, 2), 13: (2, 2, 2, 2, 2), 16: (2, 2, 3, 3, 3), 19: (2, 2, 4, 4, 4)}


def vgg(depth, channels, classes):
    def forward(m, x):
        large = x.shape[2] >= 64
        for i in range(5):
            x = F.relu(getattr(m, f"block{i}")(x))
            if i < 3 or (i == 3 and large):
                x = F.max_pool2d(x, 2)
        return m.classifier(mean(x))

    blocks, inputs = {}, channels
    for i, (count, width) in enumerate(zip(VGG[depth], (64, 128, 256, 512, 512))):
        steps = []
        for _ in range(count):
            steps += [conv(inputs, width, 3, bias=True), bn(width), nn.ReLU()]
            inputs = width
        blocks[f"block{i}"] = stack(steps[:-1])
    return Net(forward, **blocks, classifier=nn.Linear(512, classes))


# MobileNetV2, arXiv 1801.04381.
def inverted(inputs, channels, stride, expansion):
    wide = inputs * expansion
    body = stack([conv(inputs, wide, 1), bn(wide), nn.ReLU(), conv(wide, wide, 3, stride, wide), bn(wide), nn.ReLU(), conv(wide, channels, 1), bn(channels)])
    return Net(lambda m, x: m.conv(x) + x if stride == 1 and inputs == channels else m.conv(x), conv=body)


def mobilenet_v2(width, channels, classes):
    def forward(m, x):
        x = m.conv1(x)
        for stage in m.blocks:
            x = stage(x)
        return m.classifier(mean(m.conv2(x)))

    inputs = int(32 * width)
    first, stages = inputs, []
    for t, c, n, s in ((1, 16, 1, 1), (6, 24, 2, 1), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)):
        blocks = []
        for k in range(n):
            blocks.append(inverted(inputs, int(c * width), s if k == 0 else 1, t))
            inputs = int(c * width)
        stages.append(stack(blocks))
    last = int(1280 * max(1.0, width))
    return Net(
        forward,
        conv1=stack([conv(channels, first, 3, 2), bn(first), nn.ReLU()]),
        blocks=nn.ModuleList(stages),
        conv2=stack([conv(inputs, last, 1), bn(last), nn.ReLU()]),
        classifier=stack([nn.Linear(last, classes)]))


# ShuffleNet, arXiv 1707.01083 and 1807.11164.
def shuffle(x, groups):
    return torch.cat([x[:, c::x.shape[1] // groups] for c in range(x.shape[1] // groups)], 1)


def shuffle_v1_block(inputs, channels, halves, first, last):
    def forward(m, x):
        y = shuffle(F.relu(m.bn1(m.conv1(x))), first)
        y = m.bn3(m.conv3(F.relu(m.bn2(m.conv2(y)))))
        return F.relu(torch.cat([y, F.avg_pool2d(x, 3, 2, 1)], 1) if halves else y + x)

    middle = channels // 4
    return Net(
        forward,
        conv1=conv(inputs, middle, 1, groups=first), bn1=bn(middle),
        conv2=conv(middle, middle, 3, 2 if halves else 1, middle), bn2=bn(middle),
        conv3=conv(middle, channels, 1, groups=last), bn3=bn(channels))


def shuffle_v1(channels, classes):
    def forward(m, x):
        x = F.relu(m.bn1(m.conv1(x)))
        return m.linear(mean(m.layer3(m.layer2(m.layer1(x)))))

    layers, inputs = {}, 24
    for i, (width, count) in enumerate(((240, 4), (480, 8), (960, 4))):
        blocks = [shuffle_v1_block(inputs, width - inputs, True, 1 if inputs == 24 else 3, 3)]
        blocks += [shuffle_v1_block(width, width, False, 3, 3) for _ in range(count - 1)]
        layers[f"layer{i + 1}"], inputs = stack(blocks), width
    return Net(forward, conv1=conv(channels, 24, 1), bn1=bn(24), **layers, linear=nn.Linear(960, classes))


def shuffle_v2_block(channels):
    def forward(m, x):
        kept, y = x[:, :half], x[:, half:]
        y = F.relu(m.bn1(m.conv1(y)))
        y = F.relu(m.bn3(m.conv3(m.bn2(m.conv2(y)))))
        return shuffle(torch.cat([kept, y], 1), 2)

    half = channels // 2
    return Net(forward, conv1=conv(half, half, 1), bn1=bn(half), conv2=conv(half, half, 3, 1, half), bn2=bn(half), conv3=conv(half, half, 1), bn3=bn(half))


def shuffle_v2_down(inputs, channels):
    def forward(m, x):
        left = F.relu(m.bn2(m.conv2(m.bn1(m.conv1(x)))))
        right = F.relu(m.bn3(m.conv3(x)))
        right = F.relu(m.bn5(m.conv5(m.bn4(m.conv4(right)))))
        return shuffle(torch.cat([left, right], 1), 2)

    half = channels // 2
    return Net(
        forward,
        conv1=conv(inputs, inputs, 3, 2, inputs), bn1=bn(inputs), conv2=conv(inputs, half, 1), bn2=bn(half),
        conv3=conv(inputs, half, 1), bn3=bn(half), conv4=conv(half, half, 3, 2, half), bn4=bn(half),
        conv5=conv(half, half, 1), bn5=bn(half))


def shuffle_v2(channels, classes):
    def forward(m, x):
        x = m.layer3(m.layer2(m.layer1(F.relu(m.bn1(m.conv1(x))))))
        return m.linear(mean(F.relu(m.bn2(m.conv2(x)))))

    layers, inputs = {}, 24
    for i, (width, count) in enumerate(((116, 3), (232, 7), (464, 3))):
        layers[f"layer{i + 1}"] = stack([shuffle_v2_down(inputs, width)] + [shuffle_v2_block(width) for _ in range(count)])
        inputs = width
    return Net(forward, conv1=conv(channels, 24, 1), bn1=bn(24), **layers, conv2=conv(464, 1024, 1), bn2=bn(1024), linear=nn.Linear(1024, classes))


# airbench94, arXiv 2404.00498.
def airbench_group(inputs, channels):
    def forward(m, x):
        x = F.gelu(m.norm1(F.max_pool2d(m.conv1(x), 2)))
        return F.gelu(m.norm2(m.conv2(x)))

    def norm():
        return nn.BatchNorm2d(channels, eps=1e-12, momentum=0.4)

    return Net(forward, conv1=conv(inputs, channels, 3), norm1=norm(), conv2=conv(channels, channels, 3), norm2=norm())


def airbench(width, channels, classes):
    def forward(m, x):
        x = m.layers(m.whiten(x))
        return m.head(x.amax((2, 3))) / 9

    w = [8 * channels] + [max(1, round(c * width)) for c in (64, 256, 256)]
    groups = [airbench_group(w[i], w[i + 1]) for i in range(3)]
    return Net(forward, whiten=nn.Conv2d(channels, w[0], 2), layers=stack([nn.GELU()] + groups), head=nn.Linear(w[3], classes, bias=False))


def plain_cnn(widths, shape, classes):
    steps, inputs, side = [], shape[0], min(shape[1:])
    for width in widths:
        steps += [conv(inputs, width, 3), bn(width), nn.ReLU()] + ([nn.MaxPool2d(2)] if side > 1 else [])
        inputs, side = width, side // 2
    return Net(lambda m, x: m.classifier(mean(m.features(x))), features=stack(steps), classifier=nn.Linear(inputs, classes))


def mlp(widths, dropout, shape, classes):
    steps, inputs = [nn.Flatten()], shape[0] * shape[1] * shape[2]
    steps += [nn.Dropout(0.2)] if dropout else []
    for width in widths:
        steps += [nn.Linear(inputs, width), nn.ReLU()] + ([nn.Dropout(0.5)] if dropout else [])
        inputs = width
    return Net(lambda m, x: m.layers(x), layers=stack(steps + [nn.Linear(inputs, classes)]))


def numbers(text):
    return [int(part) for part in text.split("-")]


def twin(architecture, shape, classes):
    name, channels = architecture.lower(), shape[0]

    def found(pattern):
        return re.fullmatch(pattern, name)

    if m := found(r"resnet(18|34|50|101|152)"):
        return large_resnet(int(m[1]), channels, classes)
    if m := found(r"cifar-resnet(\d+)"):
        return small_resnet(int(m[1]), channels, classes)
    if m := found(r"resnet(\d+)(?:x([\d.]+))?"):
        return cifar_resnet(int(m[1]), float(m[2] or 1), channels, classes)
    if m := found(r"wrn_(\d+)_(\d+)"):
        return wide_resnet(int(m[1]), int(m[2]), channels, classes)
    if m := found(r"vgg(\d+)"):
        return vgg(int(m[1]), channels, classes)
    if m := found(r"mobilenetv2(?:x([\d.]+))?"):
        return mobilenet_v2(float(m[1] or 0.5), channels, classes)
    if found("shuffle(net)?v1"):
        return shuffle_v1(channels, classes)
    if found("shuffle(net)?v2"):
        return shuffle_v2(channels, classes)
    if m := found(r"airbench(?:x([\d.]+))?"):
        return airbench(float(m[1] or 1), channels, classes)
    if m := found(r"cnn-([\d-]+)"):
        return plain_cnn(numbers(m[1]), shape, classes)
    if m := found(r"mlp-([\d-]+?)(-dropout)?"):
        return mlp(numbers(m[1]), m[2] is not None, shape, classes)
    raise ValueError(f"no twin of {architecture}")
