"""Golden values of the layers that came after the keyword network's, from PyTorch in double precision.

    /usr/bin/python3 tests/golden/windows.py > tests/golden/windows.json

Pictures are [n, height, width, channels], rows [n, length, channels]; they are turned to PyTorch's order and back.
Inputs are rounded to float32 first. "same" padding is TensorFlow's: as little as needed, the odd cell at the end.
"""
import json
import math

import torch
import torch.nn.functional as F

torch.manual_seed(9)
torch.set_default_dtype(torch.float64)


def normal(*shape):
    return torch.randn(*shape).float().double().requires_grad_()


def numbers(t):
    return {"shape": list(t.shape), "data": [float("%.9g" % v) for v in t.detach().reshape(-1).tolist()]}


def case(layer, config, x, y, weights=()):
    """The layer's output, and the gradients of Σ y·dy with respect to input and weights."""
    dy = torch.randn(*y.shape).float().double()
    dx, *dweights = torch.autograd.grad(y, [x, *[w for _, w in weights]], dy)
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
    """Zeros before and after."""
    total = max((math.ceil(length / stride) - 1) * stride + kernel - length, 0)
    return total // 2, total - total // 2


def depthwise_case(shape, kernel, stride, padding):
    x, weight, bias = normal(*shape), normal(*kernel, shape[3]), normal(shape[3])
    picture = x.permute(0, 3, 1, 2)
    if padding == "same":
        picture = F.pad(picture, (*same(shape[2], kernel[1], stride[1]), *same(shape[1], kernel[0], stride[0])))
    y = F.conv2d(picture, weight.permute(2, 0, 1)[:, None], bias, stride, groups=shape[3]).permute(0, 2, 3, 1)
    config = {
        "kernelHeight": kernel[0], "kernelWidth": kernel[1],
        "strideHeight": stride[0], "strideWidth": stride[1], "padding": padding,
    }
    return case("depthwise-conv2d", config, x, y, [("weight", weight), ("bias", bias)])


def conv1d_case(shape, kernel, filters, stride, padding):
    x, weight, bias = normal(*shape), normal(kernel, shape[2], filters), normal(filters)
    series = x.permute(0, 2, 1)
    if padding == "same":
        series = F.pad(series, same(shape[1], kernel, stride))
    y = F.conv1d(series, weight.permute(2, 1, 0), bias, stride).permute(0, 2, 1)
    config = {"filters": filters, "kernel": kernel, "stride": stride, "padding": padding}
    return case("conv1d", config, x, y, [("weight", weight), ("bias", bias)])


def pool1d_case(shape, size):
    x = normal(*shape)
    return case("max-pool1d", {"pool": size}, x, F.max_pool1d(x.permute(0, 2, 1), size).permute(0, 2, 1))


def transposed_case(shape, kernel, filters, stride, padding):
    """PyTorch's picture keeps the overhang of the last window; "same" cuts off what is beyond stride times the input."""
    x, weight, bias = normal(*shape), normal(*kernel, filters, shape[3]), normal(filters)
    y = F.conv_transpose2d(x.permute(0, 3, 1, 2), weight.permute(3, 2, 0, 1), None, stride)
    for axis in (2, 3):
        length, window, step = shape[axis - 1], kernel[axis - 2], stride[axis - 2]
        # A window shorter than its stride leaves cells behind the last one that nothing reaches.
        y = F.pad(y, (0, 0) * (3 - axis) + (0, max(step - window, 0)))
        if padding == "same":
            y = y.narrow(axis, max(window - step, 0) // 2, length * step)
    config = {
        "filters": filters, "kernelHeight": kernel[0], "kernelWidth": kernel[1],
        "strideHeight": stride[0], "strideWidth": stride[1], "padding": padding,
    }
    return case("transposed-conv2d", config, x, y.permute(0, 2, 3, 1) + bias, [("weight", weight), ("bias", bias)])


print(json.dumps([
    depthwise_case((2, 5, 6, 3), (3, 3), (1, 1), "valid"),
    depthwise_case((1, 5, 6, 4), (3, 3), (1, 1), "same"),
    depthwise_case((1, 6, 7, 5), (3, 3), (2, 2), "same"),
    depthwise_case((1, 7, 11, 5), (2, 5), (3, 1), "same"),
    depthwise_case((1, 4, 5, 2), (4, 1), (1, 3), "valid"),
    conv1d_case((2, 9, 3), 4, 2, 1, "valid"),
    conv1d_case((1, 8, 2), 3, 9, 2, "same"),
    pool1d_case((2, 8, 3), 3),
    transposed_case((2, 3, 4, 2), (3, 3), 2, (2, 2), "same"),
    transposed_case((1, 4, 3, 4), (3, 3), 8, (1, 1), "same"),
    transposed_case((1, 3, 2, 3), (4, 2), 2, (3, 1), "same"),
    transposed_case((1, 2, 3, 2), (4, 3), 3, (2, 2), "valid"),
    transposed_case((1, 2, 3, 1), (1, 2), 2, (2, 3), "valid"),
], separators=(",", ":")))
