"""AdamW and the loss as PyTorch computes them: run with Python 3 and PyTorch, writes optimiser.json beside itself."""
import json
import pathlib

import torch

torch.manual_seed(3)
torch.set_default_dtype(torch.float64)
rounded = lambda t: [float(f"{v:.10g}") for v in t.detach().reshape(-1).tolist()]

weight = torch.nn.Parameter(torch.randn(6))
bias = torch.nn.Parameter(torch.randn(3))
groups = [{"params": [weight], "weight_decay": 0.05}, {"params": [bias], "weight_decay": 0.0}]
optimiser = torch.optim.AdamW(groups, lr=0.01, betas=(0.9, 0.99), eps=1e-6)
start = {"weight": rounded(weight), "bias": rounded(bias)}
steps = []
for step in range(1, 6):
    rate = 0.01 * step
    for group in optimiser.param_groups:
        group["lr"] = rate
    weight.grad = torch.randn(6) * 10 ** -step
    bias.grad = torch.randn(3)
    gradient = {"weight": rounded(weight.grad), "bias": rounded(bias.grad)}
    optimiser.step()
    after = {"weight": rounded(weight), "bias": rounded(bias)}
    steps.append({"learningRate": rate, "gradient": gradient, "after": after})

logits = (torch.randn(4, 5) * 4).requires_grad_()
labels = torch.tensor([0, 4, 2, 2])
loss = torch.nn.functional.cross_entropy(logits, labels, label_smoothing=0.1)
loss.backward()
cross_entropy = {
    "logits": rounded(logits),
    "labels": labels.tolist(),
    "smoothing": 0.1,
    "loss": float(f"{loss.item():.10g}"),
    "gradient": rounded(logits.grad),
}

out = {"start": start, "steps": steps, "crossEntropy": cross_entropy}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(out) + "\n")
