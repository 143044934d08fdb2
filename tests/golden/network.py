"""Golden values of the network's layers, forward and backward, from PyTorch in double precision.

    /usr/bin/python3 tests/golden/network.py > tests/golden/network.json

Pictures are [n, height, width, channels] and convolution weights [height, width, in, out], as in Kuulo and TensorFlow;
they are turned to PyTorch's order and back. Inputs are rounded to float32 first. "same" padding is TensorFlow's: as
little as needed, the odd cell at the end.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)


def normal(*shape):
    return torch.randn(*shape).float().double().requires_grad_()


def numbers(t):
    return {"shape": list(t.shape), "data": [float("%.9g" % v) for v in t.detach().reshape(-1).tolist()]}


def case(layer, config, x, y, weights=()):
    """The layer's output, and the gradients of Σ y·dy with respect to input and weights."""
    dy = torch.randn(*y.shape).float().double()
    wanted = [x, *[w for _, w in weights]]
    dx, *dweights = torch.autograd.grad(y, wanted, dy)
    return {
        "layer": layer,
        "config": config,
        "x": numbers(x),
        "weights": {name: numbers(w) for name, w in weights},
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": numbers(dx),
        "dweights": {name: numbers(dw) for (name, _), dw in zip(weights, dweights)},
    }


def same(length, kernel, stride):
    total = max((math.ceil(length / stride) - 1) * stride + kernel - length, 0)
    return total // 2, total - total // 2


def conv2d(x, weight, bias, stride, padding):
    picture = x.permute(0, 3, 1, 2)
    if padding == "same":
        top, bottom = same(x.shape[1], weight.shape[0], stride[0])
        left, right = same(x.shape[2], weight.shape[1], stride[1])
        picture = F.pad(picture, (left, right, top, bottom))
    return F.conv2d(picture, weight.permute(3, 2, 0, 1), bias, stride).permute(0, 2, 3, 1)


def conv_case(shape, kernel, filters, stride, padding):
    x, weight, bias = normal(*shape), normal(*kernel, shape[3], filters), normal(filters)
    config = {
        "filters": filters, "kernelHeight": kernel[0], "kernelWidth": kernel[1],
        "strideHeight": stride[0], "strideWidth": stride[1], "padding": padding,
    }
    y = conv2d(x, weight, bias, stride, padding)
    return case("conv2d", config, x, y, [("weight", weight), ("bias", bias)])


def pool(x, size):
    return F.max_pool2d(x.permute(0, 3, 1, 2), size).permute(0, 2, 3, 1)


def pool_case(x, size):
    return case("max-pool2d", {"poolHeight": size[0], "poolWidth": size[1]}, x, pool(x, size))


def dense_case(n, inputs, units):
    x, weight, bias = normal(n, inputs), normal(inputs, units), normal(units)
    return case("dense", {"units": units}, x, x @ weight + bias, [("weight", weight), ("bias", bias)])


def network_case():
    """A small keyword network, up to the loss against soft targets."""
    x, targets = normal(2, 12, 11, 1), torch.softmax(torch.randn(2, 4).float().double(), 1).float().double()
    shapes = {
        "conv1.weight": (3, 3, 1, 4), "conv1.bias": (4,), "conv2.weight": (3, 3, 4, 5), "conv2.bias": (5,),
        "dense1.weight": (60, 6), "dense1.bias": (6,), "dense2.weight": (6, 4), "dense2.bias": (4,),
    }
    w = {name: (torch.randn(*shape) * 0.4).float().double().requires_grad_() for name, shape in shapes.items()}
    h = conv2d(x, w["conv1.weight"], w["conv1.bias"], (1, 1), "valid").relu()
    h = conv2d(h, w["conv2.weight"], w["conv2.bias"], (1, 1), "valid").relu()
    h = pool(h, (2, 2)).flatten(1)
    h = (h @ w["dense1.weight"] + w["dense1.bias"]).relu()
    logits = h @ w["dense2.weight"] + w["dense2.bias"]
    loss = F.cross_entropy(logits, targets)
    dx, *dweights = torch.autograd.grad(loss, [x, *w.values()])
    return {
        "x": numbers(x), "targets": numbers(targets), "weights": {name: numbers(v) for name, v in w.items()},
        "probabilities": numbers(torch.softmax(logits, 1)), "loss": float("%.9g" % loss.item()),
        "dx": numbers(dx), "dweights": {name: numbers(v) for name, v in zip(w, dweights)},
    }


if __name__ == "__main__":
    ties = torch.randint(0, 3, (2, 5, 4, 3)).double().requires_grad_()
    x = normal(3, 7)
    print(json.dumps({
        "cases": [
            conv_case((2, 5, 6, 3), (3, 3), 3, (1, 1), "valid"),
            conv_case((1, 6, 7, 3), (3, 2), 4, (2, 3), "valid"),
            conv_case((1, 6, 7, 2), (3, 3), 3, (1, 1), "same"),
            conv_case((2, 6, 7, 2), (4, 3), 3, (2, 2), "same"),
            conv_case((1, 3, 4, 9), (1, 1), 10, (1, 1), "valid"),
            conv_case((1, 5, 6, 1), (2, 4), 33, (3, 2), "same"),
            pool_case(normal(2, 4, 6, 2), (2, 2)),
            pool_case(normal(1, 7, 9, 2), (3, 2)),
            pool_case(ties, (2, 2)),
            case("relu", {}, x, x.relu()),
            case("softmax", {}, x, torch.softmax(x * 1.0, 1)),
            dense_case(3, 10, 4),
            dense_case(2, 6, 35),
        ],
        "network": network_case(),
    }, separators=(",", ":")))
