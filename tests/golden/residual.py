"""Golden values of sum, batch-norm and global average pooling, and of a small residual network, from PyTorch.

    /usr/bin/python3 tests/golden/residual.py > tests/golden/residual.json

In double precision; shapes, rounding and padding as in network.py. The network is run twice: in training, where
batch-norm takes the batch's own statistics, and as it answers, with the stored ones.
"""
import json

import torch
import torch.nn.functional as F

from network import case, conv2d, normal, numbers

torch.manual_seed(11)

EPSILON = 1e-3


def positive(*shape):
    return (torch.rand(*shape) + 0.5).float().double()


def batch_norm(x, gamma, beta, mean, variance, training):
    """Over the last axis. PyTorch's own layer wants the channels second."""
    last = x.dim() - 1
    y = F.batch_norm(x.movedim(last, 1), mean.clone(), variance.clone(), gamma, beta, training, 0.1, EPSILON)
    return y.movedim(1, last)


def norm_case(shape, training):
    x, gamma, beta = normal(*shape), normal(shape[-1]), normal(shape[-1])
    mean, variance = torch.randn(shape[-1]).float().double(), positive(shape[-1])
    y = batch_norm(x, gamma, beta, mean, variance, training)
    golden = case("batch-norm", {"epsilon": EPSILON}, x, y, [("gamma", gamma), ("beta", beta)])
    axes = tuple(range(len(shape) - 1))
    return {
        **golden,
        "training": training,
        "fitted": {"mean": numbers(mean), "variance": numbers(variance)},
        "moments": {"mean": numbers(x.mean(axes)), "variance": numbers(x.var(axes, unbiased=False))},
    }


def pool_case(shape):
    x = normal(*shape)
    return case("global-average-pool", {}, x, x.mean(tuple(range(1, len(shape) - 1))))


def sum_case(shape):
    x, skip = normal(*shape), normal(*shape)
    golden = case("sum", {}, x, x + skip)
    return {**golden, "skip": numbers(skip), "dskip": golden["dy"]}


def network_case():
    shapes = {
        "conv0": (3, 3, 1, 3), "conv1a": (3, 3, 3, 3), "conv1b": (3, 3, 3, 3),
        "conv2a": (3, 3, 3, 4), "conv2b": (3, 3, 4, 4), "conv2s": (1, 1, 3, 4),
    }
    w, fitted = {}, {}
    for name, shape in shapes.items():
        w[f"{name}.weight"] = (torch.randn(*shape) * 0.5).float().double().requires_grad_()
        w[f"{name}.bias"] = (torch.randn(shape[3]) * 0.5).float().double().requires_grad_()
        norm = name.replace("conv", "norm")
        w[f"{norm}.gamma"] = positive(shape[3]).requires_grad_()
        w[f"{norm}.beta"] = (torch.randn(shape[3]) * 0.5).float().double().requires_grad_()
        fitted[f"{norm}.mean"] = torch.randn(shape[3]).float().double()
        fitted[f"{norm}.variance"] = positive(shape[3])
    w["dense.weight"], w["dense.bias"] = normal(4, 3), normal(3)
    x, dy = normal(3, 9, 8, 1), torch.randn(3, 3).float().double()

    def normed(h, part, stride, training):
        h = conv2d(h, w[f"conv{part}.weight"], w[f"conv{part}.bias"], stride, "same")
        gamma, beta = w[f"norm{part}.gamma"], w[f"norm{part}.beta"]
        return batch_norm(h, gamma, beta, fitted[f"norm{part}.mean"], fitted[f"norm{part}.variance"], training)

    def run(training):
        h0 = normed(x, "0", (1, 1), training).relu()
        h1 = normed(normed(h0, "1a", (1, 1), training).relu(), "1b", (1, 1), training)
        h1 = (h1 + h0).relu()
        h2 = normed(normed(h1, "2a", (2, 2), training).relu(), "2b", (1, 1), training)
        h2 = (normed(h1, "2s", (2, 2), training) + h2).relu()
        logits = h2.mean((1, 2)) @ w["dense.weight"] + w["dense.bias"]
        dx, *dweights = torch.autograd.grad(logits, [x, *w.values()], dy)
        return {
            "training": training, "logits": numbers(logits), "dx": numbers(dx),
            "dweights": {name: numbers(v) for name, v in zip(w, dweights)},
        }

    return {
        "epsilon": EPSILON, "x": numbers(x), "dy": numbers(dy),
        "weights": {name: numbers(v) for name, v in [*w.items(), *fitted.items()]},
        "runs": [run(True), run(False)],
    }


print(json.dumps({
    "norms": [
        norm_case((3, 4, 5, 3), True),
        norm_case((4, 6, 2), True),
        norm_case((6, 5), True),
        norm_case((2, 4, 3, 2), False),
        norm_case((3, 4), False),
    ],
    "pools": [pool_case((2, 4, 5, 3)), pool_case((3, 7, 2))],
    "sums": [sum_case((2, 3, 4, 2)), sum_case((3, 5))],
    "network": network_case(),
}, separators=(",", ":")))
