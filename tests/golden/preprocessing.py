"""Golden values of the preprocessing layers, forward and backward, from PyTorch in double precision.

    /usr/bin/python3 tests/golden/preprocessing.py > tests/golden/preprocessing.json

Clips are [n, samples], pictures [n, height, width, channels], as in Kuulo. Inputs are rounded to float32 first. Each case
has the gradients of Σ y·dy. PyTorch's interpolate does not offer the asymmetric convention: it is a matrix made by
numpy.interp, so that autograd still gives the gradient.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)


def normal(*shape):
    return torch.randn(*shape).float().double().requires_grad_()


def numbers(t):
    return {"shape": list(t.shape), "data": [float("%.9g" % v) for v in t.detach().reshape(-1).tolist()]}


def case(layer, config, x, y, weights=None):
    dy = torch.randn(*y.shape).float().double()
    (dx,) = torch.autograd.grad(y, [x], dy)
    return {
        "layer": layer,
        "config": config,
        "weights": weights or {},
        "x": numbers(x),
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": numbers(dx),
    }


def spectrogram_case(win, hop, n_fft, power, **more):
    """torch.stft puts the window in the centre of the FFT; with it at the start, rfft puts zeros behind each frame."""
    x = normal(2, 40)
    centre = more.get("centre", False)
    placement = more.get("placement", "start")
    if placement == "start":
        frames = x.unfold(1, win, hop) * torch.hann_window(win)
        z = torch.fft.rfft(frames, n_fft)
    else:
        z = torch.stft(
            x,
            n_fft,
            hop,
            win,
            torch.hann_window(win),
            centre,
            more.get("padMode", "reflect"),
            onesided=True,
            return_complex=True,
        ).transpose(1, 2)
    y = z.abs() ** power
    config = {"winLength": win, "hopLength": hop, "nFft": n_fft, "power": power, **more}
    return case("spectrogram", config, x, y.unsqueeze(3))


def resize_case(shape, size, coordinates, antialias=False, method="bilinear"):
    x = normal(*shape)
    picture = x.permute(0, 3, 1, 2)
    if method == "nearest":
        y = F.interpolate(picture, size, mode="nearest-exact" if coordinates == "half-pixel" else "nearest")
    else:
        y = F.interpolate(
            picture, size, mode="bilinear", align_corners=coordinates == "align-corners", antialias=antialias
        )
    config = {"height": size[0], "width": size[1], "coordinates": coordinates, "antialias": antialias, "method": method}
    return case("resize", config, x, y.permute(0, 2, 3, 1))


def asymmetric_case(shape, size):
    x = normal(*shape)

    def matrix(before, after):
        places = np.arange(after) * before / after
        return torch.from_numpy(np.stack([np.interp(places, np.arange(before), row) for row in np.eye(before)], 1))

    y = torch.einsum("ia,jb,nabc->nijc", matrix(shape[1], size[0]), matrix(shape[2], size[1]), x)
    config = {"height": size[0], "width": size[1], "coordinates": "asymmetric", "antialias": False, "method": "bilinear"}
    return case("resize", config, x, y)


def log_case(scale, floor, offset):
    x = normal(2, 3, 4, 1)
    return case("log", {"scale": scale, "floor": floor, "offset": offset}, x, scale * (x.clamp(min=floor) + offset).log())


def power_case(exponent, floor):
    x = normal(2, 3, 4, 1)
    return case("power", {"exponent": exponent, "floor": floor}, x, x.clamp(min=floor) ** exponent)


def normalise_case(statistics, epsilon):
    x = normal(2, 3, 4, 2)
    if statistics == "fitted":
        mean, variance = 0.375, 2.5
        y = (x - mean) / (variance + epsilon) ** 0.5
        weights = {"mean": {"shape": [1], "data": [mean]}, "variance": {"shape": [1], "data": [variance]}}
        return case("normalise", {"statistics": statistics, "epsilon": epsilon}, x, y, weights)
    axes = (1,) if statistics == "per-bin" else (1, 2, 3)
    mean = x.mean(axes, keepdim=True)
    variance = x.var(axes, unbiased=False, keepdim=True)
    return case("normalise", {"statistics": statistics, "epsilon": epsilon}, x, (x - mean) / (variance + epsilon).sqrt())


def min_max_case(epsilon, spread, statistics="per-clip"):
    x = (normal(2, 3, 4, 1).detach() * spread).float().double().requires_grad_()
    weights = None
    if statistics == "fitted":
        least, most = torch.tensor(-1.25), torch.tensor(0.75)
        weights = {"min": numbers(least.reshape(1)), "max": numbers(most.reshape(1))}
    else:
        axes = (1,) if statistics == "per-bin" else (1, 2, 3)
        least = x.amin(axes, keepdim=True)
        most = x.amax(axes, keepdim=True)
    y = (x - least) / (most - least).clamp(min=epsilon)
    return case("min-max", {"statistics": statistics, "epsilon": epsilon}, x, y, weights)


def keywords_resize():
    """124 × 129 to 32 × 32, from a picture by formula; a few cells and their sum."""
    n = torch.arange(124 * 129)
    x = ((n * 7919) % 2003 / 2003 - 0.5).float().double().reshape(1, 1, 124, 129)
    results = []
    for antialias in (False, True):
        y = F.interpolate(x, (32, 32), mode="bilinear", align_corners=False, antialias=antialias)[0, 0]
        cells = [(i, j) for i in (0, 1, 15, 31) for j in (0, 7, 16, 31)]
        results.append(
            {
                "antialias": antialias,
                "cells": [{"cell": c, "value": float("%.10g" % y[c])} for c in cells],
                "magnitudes": float("%.10g" % y.abs().sum()),
            }
        )
    return results


cases = [
    spectrogram_case(16, 8, 16, 1),
    spectrogram_case(11, 7, 14, 2),
    spectrogram_case(12, 5, 15, 1),
    spectrogram_case(12, 7, 16, 1, placement="centre", centre=True),
    spectrogram_case(11, 6, 15, 2, placement="centre", centre=True, padMode="constant"),
    spectrogram_case(12, 9, 16, 1, placement="centre", centre=True, padMode="replicate"),
    spectrogram_case(12, 7, 16, 2, placement="centre"),
    log_case(1, 0.01, 0.001),
    log_case(8.685889638, 0.1, 0),
    power_case(0.3, 0.05),
    power_case(2, 0.05),
    resize_case((1, 3, 3, 1), (6, 6), "half-pixel"),
    resize_case((1, 3, 3, 1), (6, 6), "align-corners"),
    asymmetric_case((1, 3, 3, 1), (6, 6)),
    resize_case((1, 3, 3, 1), (6, 6), "half-pixel", antialias=True),
    resize_case((2, 7, 5, 2), (3, 4), "half-pixel"),
    resize_case((2, 7, 5, 2), (3, 4), "half-pixel", antialias=True),
    resize_case((1, 11, 4, 1), (3, 9), "half-pixel", antialias=True),
    resize_case((1, 7, 5, 2), (3, 4), "align-corners"),
    resize_case((1, 4, 5, 1), (1, 1), "align-corners"),
    asymmetric_case((1, 7, 5, 2), (3, 4)),
    resize_case((1, 7, 5, 1), (3, 9), "half-pixel", method="nearest"),
    resize_case((1, 7, 5, 1), (3, 9), "asymmetric", method="nearest"),
    normalise_case("fitted", 1e-7),
    normalise_case("per-clip", 1e-7),
    normalise_case("per-clip", 0.5),
    min_max_case(1e-7, 1),
    min_max_case(1.0, 0.1),
    normalise_case("per-bin", 1e-7),
    normalise_case("per-bin", 0.5),
    min_max_case(1e-7, 1, "per-bin"),
    min_max_case(1.0, 0.3, "per-bin"),
    min_max_case(1e-7, 1, "fitted"),
]
print(json.dumps({"cases": cases, "keywordsResize": keywords_resize()}))
