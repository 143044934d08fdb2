"""Gradients through the shipped network, and the cells that one cell reads, from PyTorch's autograd in double precision.

    /usr/bin/python3 tests/golden/saliency.py > tests/golden/saliency.json

The network is rebuilt from public/models/keywords alone: architecture.json, and weights.safetensors (half precision)
parsed here. The clips are given by formula and rounded to float32. For two targets, the logit and the probability of the
class that wins, the gradient is taken at several stages: of each, some cells, the largest magnitude and the sum of
magnitudes.

"field": for a cell of conv2, the box of the spectrogram's cells, and of the samples, that have a gradient other than 0,
with the mean and variance of the picture held fixed; once as the network is, and once without its ReLUs, where nothing is
switched off.
"""
import json
import struct
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
FOLDER = Path(__file__).resolve().parents[2] / "public/models/keywords"
ARCHITECTURE = json.loads((FOLDER / "architecture.json").read_text())


def read_weights(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    weights = {}
    for name, entry in json.loads(data[8 : 8 + length]).items():
        if name == "__metadata__":
            continue
        start, end = entry["data_offsets"]
        dtype = {"F16": "<f2", "F32": "<f4"}[entry["dtype"]]
        values = np.frombuffer(data[8 + length + start : 8 + length + end], dtype)
        weights[name] = torch.from_numpy(values.astype(np.float64).reshape(entry["shape"]))
    return weights


WEIGHTS = read_weights(FOLDER / "weights.safetensors")


def layer(spec, x, held=False, linear=False):
    """One stage of one example: clip [samples], picture [height, width, channels] or row [n]."""
    config, kind, name = spec["config"], spec["type"], spec["name"]
    if kind == "spectrogram":
        assert config["placement"] == "start" and not config["centre"] and config["window"] == "hann"
        window = torch.hann_window(config["winLength"], periodic=config["periodic"])
        frames = x.unfold(0, config["winLength"], config["hopLength"]) * window
        return (torch.fft.rfft(frames, config["nFft"]).abs() ** config["power"]).unsqueeze(2)
    if kind == "resize":
        assert config["coordinates"] == "half-pixel"
        size = (config["height"], config["width"])
        y = F.interpolate(x.permute(2, 0, 1)[None], size, mode=config["method"], antialias=config["antialias"])
        return y[0].permute(1, 2, 0)
    if kind == "power":
        return x.clamp(min=config["floor"]) ** config["exponent"]
    if kind == "normalise":
        assert config["statistics"] == "per-clip"
        source = x.detach() if held else x
        return (x - source.mean()) / (source.var(unbiased=False) + config["epsilon"]).sqrt()
    if kind == "conv2d":
        assert config["padding"] == "valid" and config["strideHeight"] == config["strideWidth"] == 1
        kernel = WEIGHTS[f"{name}.weight"].permute(3, 2, 0, 1)
        return F.conv2d(x.permute(2, 0, 1)[None], kernel, WEIGHTS[f"{name}.bias"])[0].permute(1, 2, 0)
    if kind == "relu":
        return x if linear else x.relu()
    if kind == "max-pool2d":
        size = (config["poolHeight"], config["poolWidth"])
        return F.max_pool2d(x.permute(2, 0, 1)[None], size)[0].permute(1, 2, 0)
    if kind == "dropout":
        return x
    if kind == "flatten":
        return x.reshape(-1)
    if kind == "dense":
        return x @ WEIGHTS[f"{name}.weight"] + WEIGHTS[f"{name}.bias"]
    if kind == "softmax":
        return x.softmax(0)
    raise ValueError(kind)


def trace(clip, **options):
    outputs = {"clip": clip}
    x = clip
    for spec in ARCHITECTURE["stages"]:
        x = layer(spec, x, **options)
        outputs[spec["name"]] = x
    return outputs


def noise(n):
    """A fixed sequence without a pattern that matters: ((n·7919) mod 16001)/16001 − ½, n squared first."""
    return (n * n % 16001 * 7919) % 16001 / 16001 - 0.5


def sweep():
    """A tone that rises from 300 to 3300 Hz under a bell at 0.5 s, in faint noise."""
    n = np.arange(16000)
    t = n / 16000
    tone = np.sin(2 * np.pi * (300 * t + 1500 * t * t)) * np.exp(-(((t - 0.5) / 0.2) ** 2))
    return 0.4 * tone + 0.02 * noise(n)


def voice():
    """Ten harmonics of 140 Hz in two bursts, with a hiss between."""
    n = np.arange(16000)
    t = n / 16000
    harmonics = sum(np.sin(2 * np.pi * 140 * k * t) / k for k in range(1, 11))
    bursts = np.exp(-(((t - 0.3) / 0.08) ** 2)) + 0.7 * np.exp(-(((t - 0.7) / 0.1) ** 2))
    hiss = np.exp(-(((t - 0.5) / 0.05) ** 2))
    return 0.2 * harmonics * bursts + (0.1 * hiss + 0.01) * noise(n)


STAGES = ["clip", "spectrogram", "resized", "compressed", "normalised", "relu1", "pool", "relu3"]


def gradient_case(target, cell, stage, outputs):
    (gradient,) = torch.autograd.grad(outputs[target][cell], [outputs[stage]], retain_graph=True)
    flat = gradient.reshape(-1)
    strongest = flat.abs().argsort(descending=True)[:6].tolist()
    spread = [round(k * (flat.numel() - 1) / 11) for k in range(12)]
    return {
        "target": target,
        "of": stage,
        "largest": float("%.9g" % flat.abs().max()),
        "magnitudes": float("%.9g" % flat.abs().sum()),
        "cells": [[place, float("%.9g" % flat[place])] for place in sorted({*strongest, *spread})],
    }


def saliency_case(name, samples):
    clip = torch.from_numpy(samples.astype(np.float32).astype(np.float64)).requires_grad_()
    outputs = trace(clip)
    winner = int(outputs["softmax"].argmax())
    return {
        "clip": name,
        "winner": winner,
        "logits": [float("%.9g" % v) for v in outputs["dense2"]],
        "probabilities": [float("%.9g" % v) for v in outputs["softmax"]],
        "gradients": [gradient_case(t, winner, s, outputs) for t in ("dense2", "softmax") for s in STAGES],
    }


def box(gradient):
    return [[int(places.min()), int(places.max()) + 1] for places in gradient.nonzero(as_tuple=True)]


def field_case(cell, linear):
    clip = torch.from_numpy(voice().astype(np.float32).astype(np.float64)).requires_grad_()
    outputs = trace(clip, held=True, linear=linear)
    wanted = [outputs["spectrogram"], clip]
    gradients = torch.autograd.grad(outputs["conv2"][tuple(cell)], wanted)
    return {"cell": cell, "linear": linear, "spectrogram": box(gradients[0]), "clip": box(gradients[1])}


CELLS = [[0, 0, 0], [13, 5, 7], [27, 27, 63], [9, 20, 31]]
print(
    json.dumps(
        {
            "saliency": [saliency_case("sweep", sweep()), saliency_case("voice", voice())],
            "field": [field_case(cell, linear) for cell in CELLS for linear in (False, True)],
        },
        separators=(",", ":"),
    )
)
