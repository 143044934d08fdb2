"""What PyTorch makes of the shipped models: probabilities for made pictures, from the architecture and the weights of each
folder in public/models, in double precision. To be run again when weights change.

    node tests/golden/shapes.ts | /usr/bin/python3 tests/golden/shipped.py > tests/golden/shipped.json

The preprocessing is left out: it has golden values of its own. What comes in is the picture that the first layer with
trained weights would get. Pictures are [height, width, channels], series [steps, channels], as in Kuulo.
"""
import hashlib
import json
import math
import pathlib
import struct
import sys

import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
MODELS = pathlib.Path(__file__).parent.parent.parent / "public" / "models"
LEARNING = {"conv2d", "conv1d", "depthwise-conv2d", "dense", "lstm"}


def read_weights(path):
    """A safetensors file: the header's length, the header as JSON, the numbers."""
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    weights = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        kind = {"F16": torch.float16, "F32": torch.float32}[entry["dtype"]]
        flat = torch.frombuffer(bytearray(content[begin:end]), dtype=kind) if end > begin else torch.zeros(0)
        weights[name] = flat.double().reshape(entry["shape"])
    return weights, hashlib.sha256(content).hexdigest()


def pad(x, axes, kernel, stride, padding):
    """TensorFlow's "same" on the last axes: as little as needed, the odd cell at the end."""
    if padding != "same":
        return x
    sides = []
    for length, k, s in zip(x.shape[-axes:], kernel, stride):
        total = max((math.ceil(length / s) - 1) * s + k - length, 0)
        sides = [total // 2, total - total // 2] + sides
    return F.pad(x, sides)


def window(config):
    return [config["kernelHeight"], config["kernelWidth"]], [config["strideHeight"], config["strideWidth"]]


def convolve(x, config, w, depthwise=False):
    kernel, stride = window(config)
    x = pad(x.movedim(-1, 1), 2, kernel, stride, config["padding"])
    weight = w["weight"].permute(2, 0, 1).unsqueeze(1) if depthwise else w["weight"].permute(3, 2, 0, 1)
    return F.conv2d(x, weight, w["bias"], stride, groups=x.shape[1] if depthwise else 1).movedim(1, -1)


def unfold(x, config, w):
    kernel, stride = window(config)
    short = [max(s - k, 0) for k, s in zip(kernel, stride)]
    y = F.conv_transpose2d(x.movedim(-1, 1), w["weight"].permute(3, 2, 0, 1), w["bias"], stride, output_padding=short)
    if config["padding"] == "same":
        over = [max(k - s, 0) for k, s in zip(kernel, stride)]
        lengths = [n * s for n, s in zip(x.shape[1:3], stride)]
        y = y[:, :, over[0] // 2 : over[0] // 2 + lengths[0], over[1] // 2 : over[1] // 2 + lengths[1]]
    return y.movedim(1, -1)


def series(x):
    """[n, steps, features]"""
    return x.unsqueeze(-1) if x.dim() == 2 else x.flatten(2)


def convolve_series(x, config, w):
    x = pad(series(x).movedim(-1, 1), 1, [config["kernel"]], [config["stride"]], config["padding"])
    return F.conv1d(x, w["weight"].permute(2, 1, 0), w["bias"], config["stride"]).movedim(1, -1)


def recur(x, config, w):
    lstm = torch.nn.LSTM(w["inputWeight"].shape[0], config["units"], batch_first=True)
    values = [w["inputWeight"].T, w["recurrentWeight"].T, w["bias"], torch.zeros_like(w["bias"])]
    for parameter, value in zip(lstm.parameters(), values):
        parameter.data = value.contiguous()
    states, (last, _) = lstm(series(x))
    return states if config["returnSequences"] else last[0]


LAYERS = {
    "conv2d": convolve,
    "depthwise-conv2d": lambda x, config, w: convolve(x, config, w, depthwise=True),
    "transposed-conv2d": unfold,
    "conv1d": convolve_series,
    "lstm": recur,
    "dense": lambda x, config, w: x @ w["weight"] + w["bias"],
    "batch-norm": lambda x, config, w: w["gamma"] * (x - w["mean"]) / (w["variance"] + config["epsilon"]).sqrt() + w["beta"],
    "relu": lambda x, config, w: torch.relu(x),
    "softmax": lambda x, config, w: torch.softmax(x, -1),
    "dropout": lambda x, config, w: x,
    "flatten": lambda x, config, w: x.flatten(1),
    "global-average-pool": lambda x, config, w: x.mean((1, 2)),
    "max-pool2d": lambda x, config, w: F.max_pool2d(
        x.movedim(-1, 1), (config["poolHeight"], config["poolWidth"])
    ).movedim(1, -1),
    "max-pool1d": lambda x, config, w: F.max_pool1d(series(x).movedim(-1, 1), config["pool"]).movedim(1, -1),
}


def made_pictures(shape):
    count = 2 * math.prod(shape)
    values = torch.arange(count).mul(7919).remainder(2003).double().div(2003).sub(0.5).mul(3)
    return values.float().double().reshape(2, *shape)


def probabilities(stages, weights, first, shape):
    outputs = {}
    before = None
    for index, stage in enumerate(stages[first:], first):
        name, config = stage["name"], stage["config"]
        if index == first:
            x = made_pictures(shape)
        else:
            x = outputs[stage.get("from", before)]
        own = {key[len(name) + 1 :]: value for key, value in weights.items() if key.startswith(f"{name}.")}
        if stage["type"] == "sum":
            outputs[name] = x + outputs[stage["skip"]]
        else:
            outputs[name] = LAYERS[stage["type"]](x, config, own)
        before = name
    return outputs[before]


models = {}
shapes = json.load(sys.stdin)
for folder in sorted(MODELS.iterdir()):
    if not (folder / "weights.safetensors").exists():
        continue
    stages = json.loads((folder / "architecture.json").read_text())["stages"]
    weights, digest = read_weights(folder / "weights.safetensors")
    first = next(i for i, stage in enumerate(stages) if stage["type"] in LEARNING)
    with torch.no_grad():
        y = probabilities(stages, weights, first, shapes[folder.name][first])
    models[folder.name] = {
        "weights": digest,
        "from": stages[first]["name"],
        "probabilities": [[float("%.9g" % p) for p in row] for row in y.tolist()],
    }
print(json.dumps(models, indent=1))
