"""Layers that keep their weights in full precision and compute in the precision of their input."""

from torch import nn
from torch.nn import functional


class Linear(nn.Linear):
    def forward(self, values):
        bias = None if self.bias is None else self.bias.to(values.dtype)
        return functional.linear(values, self.weight.to(values.dtype), bias)


class LayerNorm(nn.LayerNorm):
    def forward(self, values):
        return functional.layer_norm(
            values, self.normalized_shape, self.weight.to(values.dtype), self.bias.to(values.dtype), self.eps
        )
