"""Golden values of the resize layer over methods, coordinates and sizes, forward and backward, in double precision.

    /usr/bin/python3 tests/golden/resize.py > tests/golden/resize.json

From PyTorch's interpolate where it has the combination ("from": "torch"), else from numpy ("from": "formula"):
asymmetric bilinear by numpy.interp; nearest with aligned corners by rounding; area where the lengths do not divide by
differences of the interpolated running sum, which is what a picture of steps integrates to. Pictures are [height, width,
channels] and are given by formula, and so are the gradients dy at the output. Of large pictures some cells are kept, and
the sum of magnitudes of all.
"""
import json

import numpy as np
import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)
MOST_CELLS = 24


def by_formula(shape, factor):
    """((n·factor) mod 2003)/2003 − ½, rounded to float32."""
    n = np.arange(int(np.prod(shape)))
    return torch.from_numpy((n * factor % 2003 / 2003 - 0.5).astype(np.float32).astype(np.float64).reshape(shape))


def bilinear_matrix(before, after):
    places = np.arange(after) * before / after
    return np.stack([np.interp(places, np.arange(before), row) for row in np.eye(before)], 1)


def nearest_matrix(before, after):
    places = np.arange(after) * (before - 1) / (after - 1) if after > 1 else np.zeros(1)
    return np.eye(before)[np.floor(places + 0.5).astype(int)]


def area_matrix(before, after):
    edges = np.arange(after + 1) * before / after
    sums = np.concatenate([np.zeros((1, before)), np.cumsum(np.eye(before), 0)])
    at_edges = np.stack([np.interp(edges, np.arange(before + 1), column) for column in sums.T], 1)
    return np.diff(at_edges, axis=0) * after / before


MATRICES = {"bilinear": bilinear_matrix, "nearest": nearest_matrix, "area": area_matrix}


def by_torch(x, size, method, coordinates, antialias):
    picture = x.permute(2, 0, 1).unsqueeze(0)
    if method == "nearest":
        y = F.interpolate(picture, size, mode={"half-pixel": "nearest-exact", "asymmetric": "nearest"}[coordinates])
    elif method == "area":
        y = F.interpolate(picture, size, mode="area")
    else:
        aligned = coordinates == "align-corners"
        y = F.interpolate(picture, size, mode="bilinear", align_corners=aligned, antialias=antialias)
    return y[0].permute(1, 2, 0)


def by_matrices(x, size, method):
    vertical, horizontal = (torch.from_numpy(MATRICES[method](b, a)) for b, a in zip(x.shape, size))
    return torch.einsum("ia,jb,abc->ijc", vertical, horizontal, x)


def sampled(t):
    flat = t.detach().reshape(-1)
    count = flat.numel()
    places = sorted({round(k * (count - 1) / (MOST_CELLS - 1)) for k in range(MOST_CELLS)}) if count > MOST_CELLS else range(count)
    return {
        "cells": [[p, float("%.9g" % flat[p])] for p in places],
        "magnitudes": float("%.10g" % flat.abs().sum()),
    }


def case(shape, size, method, coordinates="half-pixel", antialias=False):
    x = by_formula(shape, 7919).requires_grad_()
    divides = all(before % after == 0 for before, after in zip(shape, size))
    torch_has = {
        "bilinear": coordinates != "asymmetric",
        "nearest": coordinates != "align-corners",
        "area": divides,
    }[method]
    y = by_torch(x, size, method, coordinates, antialias) if torch_has else by_matrices(x, size, method)
    (dx,) = torch.autograd.grad(y, [x], by_formula(y.shape, 1543))
    config = {"height": size[0], "width": size[1], "method": method, "coordinates": coordinates, "antialias": antialias}
    source = "torch" if torch_has else "formula"
    return {"from": source, "shape": shape, "config": config, "y": sampled(y), "dx": sampled(dx)}


SIZES = [
    ((3, 3, 1), (6, 6)),
    ((124, 129, 1), (32, 32)),
    ((7, 5, 2), (3, 4)),
    ((5, 7, 1), (11, 13)),
    ((1, 9, 1), (1, 4)),
    ((9, 1, 1), (4, 1)),
    ((1, 1, 1), (3, 2)),
    ((12, 15, 1), (4, 5)),
    ((6, 5, 1), (1, 1)),
]

cases = []
for shape, size in SIZES:
    for coordinates in ("half-pixel", "align-corners", "asymmetric"):
        for method in ("bilinear", "nearest"):
            cases.append(case(shape, size, method, coordinates))
    cases.append(case(shape, size, "bilinear", antialias=True))
    cases.append(case(shape, size, "area"))
print(json.dumps({"cases": cases}, separators=(",", ":")))
