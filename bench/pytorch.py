"""A training step of the keyword network in PyTorch on one thread, whenever a line comes in; then a line goes out."""
import sys

import torch
from torch import nn

torch.set_num_threads(1)
torch.manual_seed(1)
network = nn.Sequential(
    nn.Conv2d(1, 32, 3), nn.ReLU(), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.25), nn.Flatten(),
    nn.Linear(12544, 128), nn.ReLU(), nn.Dropout(0.5), nn.Linear(128, 10),
)
optimiser = torch.optim.AdamW(network.parameters(), lr=1e-3)
pictures, labels = torch.randn(32, 1, 32, 32), torch.randint(0, 10, (32,))
for _ in sys.stdin:
    optimiser.zero_grad()
    nn.functional.cross_entropy(network(pictures), labels).backward()
    optimiser.step()
    print("done", flush=True)
