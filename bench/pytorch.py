"""A training step of a network in PyTorch on one thread, whenever a line comes in; then a line goes out.

The network is the first argument, as JSON: see trained-part.ts. The first line asks for the loss with weights and pictures
that are the same in train.ts, without dropout. Pictures are [n, channels, height, width] here, series [n, channels,
steps], as PyTorch wants them.
"""
import json
import math
import sys

import torch
from torch import nn
from torch.nn import functional as F

torch.set_num_threads(1)
torch.manual_seed(1)


def same(length, kernel, stride):
    """TensorFlow's padding: as little as needed, the odd cell at the end."""
    total = max((math.ceil(length / stride) - 1) * stride + kernel - length, 0)
    return total // 2, total - total // 2


def window(config):
    return (config["kernelHeight"], config["kernelWidth"]), (config["strideHeight"], config["strideWidth"])


class Padded(nn.Module):
    """A convolution after padding that differs from side to side; PyTorch pads by itself where it does not."""

    def __init__(self, kind, channels, filters, shape, kernel, stride, padding, **others):
        super().__init__()
        sides = [same(*axis) if padding == "same" else (0, 0) for axis in zip(shape, kernel, stride)]
        even = all(before == after for before, after in sides)
        self.pad = None if even else [side for pair in reversed(sides) for side in pair]
        inner = [before for before, _ in sides] if even else 0
        self.conv = kind(channels, filters, kernel, stride, inner, **others)

    def forward(self, x):
        return self.conv(x if self.pad is None else F.pad(x, self.pad))


class Transposed(nn.Module):
    def __init__(self, channels, filters, kernel, stride, output, padding):
        super().__init__()
        short = [max(s - k, 0) for k, s in zip(kernel, stride)]
        self.conv = nn.ConvTranspose2d(channels, filters, kernel, stride, output_padding=short)
        over = [max(k - s, 0) if padding == "same" else 0 for k, s in zip(kernel, stride)]
        self.cuts = [slice(o // 2, o // 2 + length) for o, length in zip(over, output)]

    def forward(self, x):
        return self.conv(x)[:, :, self.cuts[0], self.cuts[1]]


class Lstm(nn.Module):
    def __init__(self, features, units, sequences):
        super().__init__()
        self.lstm, self.sequences = nn.LSTM(features, units, batch_first=True), sequences

    def forward(self, x):
        states, (last, _) = self.lstm(series(x).transpose(1, 2))
        return states.transpose(1, 2) if self.sequences else last[0]


class Lambda(nn.Module):
    def __init__(self, function):
        super().__init__()
        self.function = function

    def forward(self, *inputs):
        return self.function(*inputs)


def series(x):
    """A picture's columns and channels, or a clip, as the channels of a series."""
    if x.dim() == 2:
        return x.unsqueeze(1)
    return x if x.dim() == 3 else x.permute(0, 3, 1, 2).flatten(1, 2)


def transpose(x):
    return x.squeeze(1) if x.dim() == 4 else x.transpose(1, 2)


def flatten(x):
    """In Kuulo's order, channels last, where what follows has Kuulo's weights; in its own where it is timed."""
    return (x.movedim(1, -1) if kuulo_order else x).flatten(1)


def layer(step):
    kind, config, shape = step["type"], step["config"], step["inputShape"]
    channels = shape[-1]
    if kind == "conv2d":
        return Padded(nn.Conv2d, channels, config["filters"], shape, *window(config), config["padding"])
    if kind == "depthwise-conv2d":
        return Padded(nn.Conv2d, channels, channels, shape, *window(config), config["padding"], groups=channels)
    if kind == "conv1d":
        features = math.prod(shape[1:])
        lengths = [shape[:1], [config["kernel"]], [config["stride"]]]
        conv = Padded(nn.Conv1d, features, config["filters"], *lengths, config["padding"])
        return nn.Sequential(Lambda(series), conv)
    if kind == "transposed-conv2d":
        return Transposed(channels, config["filters"], *window(config), step["outputShape"], config["padding"])
    if kind == "dense":
        return nn.Linear(channels, config["units"])
    if kind == "lstm":
        return Lstm(math.prod(shape[1:]), config["units"], config["returnSequences"])
    if kind == "batch-norm":
        return (nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(channels, config["epsilon"])
    if kind == "max-pool2d":
        return nn.MaxPool2d((config["poolHeight"], config["poolWidth"]))
    if kind == "max-pool1d":
        return nn.Sequential(Lambda(series), nn.MaxPool1d(config["pool"]))
    if kind == "dropout":
        return nn.Dropout(config["rate"])
    functions = {
        "relu": torch.relu, "sum": torch.add, "flatten": flatten, "transpose": transpose,
        "global-average-pool": lambda x: x.flatten(2).mean(2),
    }
    if kind not in functions:
        sys.exit(f"bench/pytorch.py cannot build the layer {kind} yet.")
    return Lambda(functions[kind])


class Network(nn.Module):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps
        self.layers = nn.ModuleList(layer(step) for step in steps)

    def forward(self, x):
        outputs = {"picture": x}
        for step, one in zip(self.steps, self.layers):
            outputs[step["name"]] = one(*[outputs[name] for name in step["inputs"]])
        return outputs[self.steps[-1]["name"]]


def jumping(first, count):
    return torch.arange(first, first + count).mul(7919).remainder(2003).double().div(2003).sub(0.5)


def kuulo_weight(name, shape, start):
    values = jumping(start, math.prod(shape)).reshape(shape)
    if len(shape) == 1:
        return (1 if name == "gamma" else 0) + 0.2 * values
    return math.sqrt(24 / math.prod(shape[:-1])) * values


def set_weights(steps, layers):
    """Gives the layers Kuulo's weights, in PyTorch's order."""
    for step, one in zip(steps, layers):
        own = {name: kuulo_weight(name, **where) for name, where in step["weights"].items()}
        if not own:
            continue
        orders = {
            "conv2d": (3, 2, 0, 1), "transposed-conv2d": (3, 2, 0, 1), "conv1d": (2, 1, 0),
            "depthwise-conv2d": (2, 0, 1), "dense": (1, 0),
        }
        if step["type"] == "lstm":
            values = [own["inputWeight"].T, own["recurrentWeight"].T, own["bias"], torch.zeros_like(own["bias"])]
        elif step["type"] == "batch-norm":
            values = [own["gamma"], own["beta"]]
        else:
            values = [own["weight"].permute(orders[step["type"]]), own["bias"]]
        for parameter, value in zip(one.parameters(), values):
            parameter.data.copy_(value.reshape(parameter.shape))


def in_order(pictures):
    """Channels second, where there are any."""
    return pictures.movedim(-1, 1).contiguous() if pictures.dim() > 2 else pictures


def loss(pictures):
    y = network(pictures)
    return F.mse_loss(y, pictures) if part["reconstructs"] else F.cross_entropy(y, labels)


part = json.loads(sys.argv[1])
batch, shape = part["batch"], part["shape"]
labels = torch.arange(batch) % part["classes"]

sys.stdin.readline()
kuulo_order = True
network = Network([{**s, "config": {"rate": 0}} if s["type"] == "dropout" else s for s in part["steps"]])
set_weights(network.steps, network.layers)
with torch.no_grad():
    pictures = (2 * jumping(0, batch * math.prod(shape))).float().reshape(batch, *shape)
    print(loss(in_order(pictures)).item(), flush=True)

kuulo_order = False
network = Network(part["steps"])
optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3)
pictures = in_order(torch.randn(batch, *shape))
for _ in sys.stdin:
    optimiser.zero_grad()
    loss(pictures).backward()
    optimiser.step()
    print("done", flush=True)
