"""Golden values of the LSTM, forward and backward, from torch.nn.LSTM in double precision.

    /usr/bin/python3 tests/golden/lstm.py > tests/golden/lstm.json

Weights are [features, 4 · units], PyTorch's turned; its two biases are one, the other is zero. Inputs and weights are
rounded to float32 first. dx and dweights are the gradients of Σ y·dy.
"""
import json

import torch

torch.manual_seed(11)
torch.set_default_dtype(torch.float64)


def numbers(t):
    return {"shape": list(t.shape), "data": [float("%.9g" % v) for v in t.detach().reshape(-1).tolist()]}


def case(name, count, steps, features, units, sequences, scale=1.0):
    lstm = torch.nn.LSTM(features, units, batch_first=True)
    with torch.no_grad():
        for weight in lstm.parameters():
            weight.copy_((scale * torch.randn_like(weight)).float().double())
        lstm.bias_hh_l0.zero_()
    x = torch.randn(count, steps, features).float().double().requires_grad_()
    states, (last, _) = lstm(x)
    y = states if sequences else last[0]
    dy = torch.randn_like(y).float().double()
    weights = {"inputWeight": lstm.weight_ih_l0, "recurrentWeight": lstm.weight_hh_l0, "bias": lstm.bias_ih_l0}
    dx, *dweights = torch.autograd.grad(y, [x, *weights.values()], dy)
    return {
        "name": name,
        "config": {"units": units, "returnSequences": sequences},
        "x": numbers(x),
        "weights": {key: numbers(w.T) for key, w in weights.items()},
        "y": numbers(y),
        "dy": numbers(dy),
        "dx": numbers(dx),
        "dweights": {key: numbers(dw.T) for key, dw in zip(weights, dweights)},
    }


print(json.dumps({"cases": [
    case("one step", 2, 1, 3, 2, False),
    case("the last of five steps", 3, 5, 4, 3, False),
    case("all of five steps", 3, 5, 4, 3, True),
    case("forty steps", 2, 40, 3, 4, False, 0.5),
    case("more units than features", 1, 6, 2, 9, True, 0.7),
]}, separators=(",", ":")))
