"""What the training loops of both models do alike: the optimisers, their rate, and batches made in time."""

import math
import queue
import threading

import torch

WARM_UP_STEPS = 100
WEIGHT_DECAY = 0.02


def make_optimisers(model):
    """Muon for the matrices of the blocks, AdamW for everything else."""
    matrices, others, undecayed = [], [], []
    for name, parameter in model.named_parameters():
        if "blocks" in name and parameter.ndim == 2:
            matrices.append(parameter)
        else:
            (undecayed if parameter.ndim < 2 or "embedding" in name else others).append(parameter)
    groups = [{"params": others, "weight_decay": WEIGHT_DECAY}, {"params": undecayed, "weight_decay": 0.0}]
    return [
        torch.optim.Muon(matrices, weight_decay=WEIGHT_DECAY, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True),
    ]


def set_rate(optimisers, rate):
    for optimiser in optimisers:
        for group in optimiser.param_groups:
            group["lr"] = rate


def learning_rate(first, last, step, steps):
    """From `first` to `last` along a cosine, after a warm-up."""
    cosine = 0.5 * (1 + math.cos(math.pi * step / steps))
    return (last + (first - last) * cosine) * min(1, step / WARM_UP_STEPS)


def prefetch(make):
    """A queue that another thread keeps filled."""
    batches = queue.Queue(3)

    def fill():
        while True:
            batches.put(make())

    threading.Thread(target=fill, daemon=True).start()
    return batches
