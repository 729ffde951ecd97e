"""The PyTorch side of speed.cs: the same networks, batches and steps, as PyTorch's users write them and at their best.

speed.cs starts it and asks, a line of JSON at a time; each answer is a line of JSON. The networks are the twins that the
tests hold ours against (tests/Ensemble.Tests/Models/twins.py).

    {"do": "hello"}                                                          -> {"torch": ..., "device": ..., "variants": [...]}
    {"do": "step", "network": N, "variant": V, "batch": B, "steps": S}       -> {"seconds": s}   of S steps
    {"do": "epoch", "network": N, "variant": V, "batch": B, "images": I}     -> {"seconds": s}   of one epoch, loading and augmentation included
    {"do": "forward", "network": N, "variant": V, "batch": B, "images": I}   -> {"seconds": s}   of answering I images

    {"do": "distill", "teacher": N, "teachers": K, "student": N, "variant": V, "batch": B, "steps": S}
                                                                             -> {"seconds": s}   of S steps of a student, teachers in its loop

Variants: plain (float32, NCHW, the loss read at every step), best (channels_last, bfloat16 autocast, foreach optimiser, no
reading, whole-tensor augmentation) and compiled (best, through torch.compile, where this PyTorch has it and a compiler).
"""

import contextlib
import json
import sys
import time

import torch
from torch.nn import functional as F

sys.path.insert(0, sys.argv[1])
import twins  # noqa: E402

torch.set_num_threads(int(sys.argv[2]))
CUDA = torch.cuda.is_available()
DEVICE = torch.device("cuda" if CUDA else "cpu")
SHAPE, CLASSES = (3, 32, 32), 10
MEAN = torch.tensor([0.4914, 0.4822, 0.4465]).view(3, 1, 1)
STD = torch.tensor([0.247, 0.2435, 0.2616]).view(3, 1, 1)
if CUDA:
    torch.backends.cudnn.benchmark = True


def wait():
    if CUDA:
        torch.cuda.synchronize()


def precision(variant):
    if variant == "plain":
        return contextlib.nullcontext()
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16)


class Job:
    """One network and its optimiser in one variant."""

    def __init__(self, network, variant):
        torch.manual_seed(1)
        self.variant = variant
        self.model = twins.twin(network, SHAPE, CLASSES).to(DEVICE)
        if variant != "plain":
            self.model = self.model.to(memory_format=torch.channels_last)
        foreach = {} if variant == "plain" else {"foreach": True}
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=0.1, momentum=0.9, nesterov=True, weight_decay=5e-4, **foreach)
        self.call = torch.compile(self.model) if variant == "compiled" else self.model

    def images(self, count):
        images = torch.randn(count, *SHAPE, device=DEVICE)
        return images if self.variant == "plain" else images.to(memory_format=torch.channels_last)

    def step(self, images, labels):
        self.optimizer.zero_grad(set_to_none=self.variant != "plain")
        with precision(self.variant):
            logits = self.call(images)
        loss = F.cross_entropy(logits.float(), labels)
        loss.backward()
        self.optimizer.step()
        if self.variant == "plain":
            loss.item()


JOBS = {}


def job(network, variant):
    if (network, variant) not in JOBS:
        JOBS.clear()
        JOBS[network, variant] = Job(network, variant)
    return JOBS[network, variant]


def timed(action):
    wait()
    start = time.perf_counter()
    action()
    wait()
    return {"seconds": time.perf_counter() - start}


def step(network, variant, batch, steps):
    it = job(network, variant)
    it.model.train()
    images, labels = it.images(batch), torch.randint(CLASSES, (batch,), device=DEVICE)
    for _ in range(3):
        it.step(images, labels)
    return timed(lambda: [it.step(images, labels) for _ in range(steps)])


class Cifar(torch.utils.data.Dataset):
    """Bytes to a padded, cropped, mirrored, normalised image, one at a time."""

    def __init__(self, pixels, labels):
        self.pixels, self.labels = pixels, labels

    def __len__(self):
        return len(self.pixels)

    def __getitem__(self, index):
        image = F.pad(self.pixels[index].float() / 255, (4, 4, 4, 4))
        top, left = torch.randint(9, (2,)).tolist()
        image = image[:, top:top + 32, left:left + 32]
        if torch.rand(()) < 0.5:
            image = image.flip(2)
        return (image - MEAN) / STD, self.labels[index]


def prepared(pixels):
    """What a training does once, before all of its epochs."""
    return F.pad((pixels.float() / 255 - MEAN) / STD, (4, 4, 4, 4)).to(DEVICE)


def whole_batches(padded, labels, batch):
    """The same views as whole tensors: shifts by gathering, flips by a mask."""
    rows = torch.arange(32, device=DEVICE)
    for picked in torch.randperm(len(padded), device=DEVICE).split(batch):
        n = len(picked)
        top, left = torch.randint(9, (2, n, 1), device=DEVICE)
        columns = torch.where(torch.rand(n, 1, device=DEVICE) < 0.5, left + rows, left + 31 - rows)
        yield padded[picked[:, None, None], :, (top + rows)[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2), labels[picked]


def epoch(network, variant, batch, images):
    it = job(network, variant)
    it.model.train()
    pixels = torch.randint(256, (images, *SHAPE), dtype=torch.uint8)
    labels = torch.randint(CLASSES, (images,))
    loader = torch.utils.data.DataLoader(Cifar(pixels, labels), batch, shuffle=True, num_workers=2)
    padded, resident = (None, None) if variant == "plain" else (prepared(pixels), labels.to(DEVICE))
    for _ in range(3):
        it.step(it.images(batch), labels[:batch].to(DEVICE))

    def run():
        for views, targets in loader if variant == "plain" else whole_batches(padded, resident, batch):
            it.step(views.to(DEVICE), targets.to(DEVICE))

    return timed(run)


def forward(network, variant, batch, images):
    it = job(network, variant)
    it.model.eval()
    views = it.images(batch)

    def run():
        with torch.no_grad(), precision(variant):
            for _ in range(images // batch):
                it.call(views)

    with torch.no_grad(), precision(variant):
        it.call(views)
    return timed(run)


def distill(teacher, teachers, student, variant, batch, steps):
    it = job(student, variant)
    it.model.train()
    ensemble = [twins.twin(teacher, SHAPE, CLASSES).to(DEVICE).eval() for _ in range(teachers)]
    if variant != "plain":
        ensemble = [member.to(memory_format=torch.channels_last) for member in ensemble]
    calls = [torch.compile(member) if variant == "compiled" else member for member in ensemble]
    images, labels = it.images(batch), torch.randint(CLASSES, (batch,), device=DEVICE)
    temperature, hard = 4.0, 0.1

    def one():
        with torch.no_grad(), precision(variant):
            soft = torch.stack([(call(images).float() / temperature).softmax(1) for call in calls]).mean(0)
        it.optimizer.zero_grad(set_to_none=variant != "plain")
        with precision(variant):
            logits = it.call(images)
        logits = logits.float()
        kl = F.kl_div(F.log_softmax(logits / temperature, 1), soft, reduction="batchmean")
        loss = hard * F.cross_entropy(logits, labels) + (1 - hard) * temperature ** 2 * kl
        loss.backward()
        it.optimizer.step()
        if variant == "plain":
            loss.item()

    for _ in range(2):
        one()
    return timed(lambda: [one() for _ in range(steps)])


def variants():
    compiled = ["compiled"] if hasattr(torch, "compile") and (CUDA or sys.platform == "linux") else []
    return ["plain", "best", *compiled]


DO = {"step": step, "epoch": epoch, "forward": forward, "distill": distill}
for line in sys.stdin:
    request = json.loads(line)
    do = request.pop("do")
    if do == "hello":
        answer = {"torch": torch.__version__, "device": torch.cuda.get_device_name() if CUDA else "cpu", "variants": variants()}
    else:
        answer = DO[do](**request)
    print(json.dumps(answer), flush=True)
