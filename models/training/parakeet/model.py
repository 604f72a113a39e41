"""FastConformer with a token-and-duration transducer at toy size.

The encoder follows NeMo's FastConformer: eightfold subsampling by depthwise separable
convolutions, then blocks of half a feed-forward layer, attention, convolution and the other half.
Two parts differ: positions are rotary, and the convolution is normalised frame by frame instead of
over the batch, so that no frame depends on what else is in the batch.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from features import PARAKEET_BANDS
from layers import LayerNorm, Linear
from paths import LONGEST_SKIP

WIDTH, HEADS, LAYERS = 144, 4, 6
CHANNELS, KERNEL = 32, 9
STATE, JOINED = 160, 192

# Phonemes are told apart every 20 ms, four times a frame.
PHONEMES_PER_FRAME = 4


class SpeechModel(nn.Module):
    """The three networks, and a phoneme classifier that only training uses."""

    def __init__(self, piece_count, phoneme_count):
        super().__init__()
        self.encoder = Encoder()
        self.predictor = Predictor(piece_count)
        self.joint = Joint(piece_count)
        self.phonemes = nn.Linear(WIDTH, PHONEMES_PER_FRAME * phoneme_count)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.subsampling = Subsampling()
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))

    def forward(self, signal, lengths):
        """signal [batch, bands, frames] -> [batch, frames / 8, WIDTH] and the encoded lengths."""
        values, lengths = self.subsampling(signal, lengths)
        heard = torch.arange(values.shape[1], device=values.device) < lengths[:, None]
        turns = _rotations(values)
        for block in self.blocks:
            values = block(values, heard, turns)
        return values, lengths


class Subsampling(nn.Module):
    """Three strides of two; what is behind the end of a recording is silenced after each."""

    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, CHANNELS, 3, stride=2, padding=1)
        self.depthwise = nn.ModuleList(nn.Conv2d(CHANNELS, CHANNELS, 3, stride=2, padding=1, groups=CHANNELS) for _ in range(2))
        self.pointwise = nn.ModuleList(nn.Conv2d(CHANNELS, CHANNELS, 1) for _ in range(2))
        self.out = Linear(CHANNELS * PARAKEET_BANDS // 8, WIDTH)

    def forward(self, signal, lengths):
        values = _silenced(signal.transpose(1, 2)[:, None], lengths).contiguous(memory_format=torch.channels_last)
        lengths = _halved(lengths)
        values = _silenced(torch.relu(_convolve(self.first, values)), lengths)
        for depthwise, pointwise in zip(self.depthwise, self.pointwise):
            lengths = _halved(lengths)
            # Backwards, a depthwise convolution is five times as fast in full precision.
            values = _convolve(depthwise, values.float()).to(values.dtype)
            values = _silenced(torch.relu(_convolve(pointwise, values)), lengths)
        return self.out(values.permute(0, 2, 3, 1).flatten(2)), lengths


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.before, self.after = FeedForward(), FeedForward()
        self.attention, self.convolution = Attention(), Convolution()
        self.norm = LayerNorm(WIDTH)

    def forward(self, values, heard, turns):
        values = values + 0.5 * self.before(values)
        values = values + self.attention(values, heard, turns)
        values = values + self.convolution(values, heard)
        return self.norm(values + 0.5 * self.after(values))


class FeedForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.wide, self.out = LayerNorm(WIDTH), Linear(WIDTH, 4 * WIDTH), Linear(4 * WIDTH, WIDTH)

    def forward(self, values):
        return self.out(functional.silu(self.wide(self.norm(values))))


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.query, self.value, self.out = LayerNorm(WIDTH), Linear(WIDTH, WIDTH), Linear(WIDTH, WIDTH), Linear(WIDTH, WIDTH)
        self.key = Linear(WIDTH, WIDTH, bias=False)

    def forward(self, values, heard, turns):
        values = self.norm(values)
        query, key, value = (part.unflatten(2, (HEADS, -1)).transpose(1, 2) for part in (self.query(values), self.key(values), self.value(values)))
        mixed = functional.scaled_dot_product_attention(
            _turned(query, turns), _turned(key, turns), value, attn_mask=heard[:, None, None]
        )
        return self.out(mixed.transpose(1, 2).flatten(2))


class Convolution(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm, self.gated, self.out = LayerNorm(WIDTH), Linear(WIDTH, 2 * WIDTH), Linear(WIDTH, WIDTH)
        self.depthwise = nn.Conv1d(WIDTH, WIDTH, KERNEL, padding=KERNEL // 2, groups=WIDTH)
        self.middle = LayerNorm(WIDTH)

    def forward(self, values, heard):
        values = functional.glu(self.gated(self.norm(values)), dim=2) * heard[:, :, None].to(values.dtype)
        values = _convolve(self.depthwise, values.transpose(1, 2)).transpose(1, 2)
        return self.out(functional.silu(self.middle(values)))


class Predictor(nn.Module):
    """What is likely to be said next; the blank stands before the first piece."""

    def __init__(self, piece_count):
        super().__init__()
        self.embedding = nn.Embedding(piece_count + 1, STATE)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.memory = nn.LSTM(STATE, STATE, batch_first=True)

    def forward(self, written, state=None):
        return self.memory(self.embedding(written), state)


class Joint(nn.Module):
    def __init__(self, piece_count):
        super().__init__()
        self.heard, self.expected = Linear(WIDTH, JOINED), Linear(STATE, JOINED)
        self.answer = Linear(JOINED, piece_count + 1 + LONGEST_SKIP + 1)

    def forward(self, heard, expected):
        """Frames and expectations of the same shape -> scores of pieces, the blank, and skips of 0 to 4."""
        return self.answer(torch.relu(self.heard(heard) + self.expected(expected)))


def _halved(lengths):
    return (lengths + 1) // 2


def _silenced(values, lengths):
    """values [batch, channels, frames, bands]"""
    heard = torch.arange(values.shape[2], device=values.device) < lengths[:, None]
    return values * heard[:, None, :, None].to(values.dtype)


def _convolve(layer, values):
    convolution = functional.conv2d if values.ndim == 4 else functional.conv1d
    bias = layer.bias.to(values.dtype)
    return convolution(values, layer.weight.to(values.dtype), bias, layer.stride, layer.padding, layer.dilation, layer.groups)


def _rotations(values):
    """Cosines and sines by which positions turn queries and keys (Su et al., RoFormer, 2021)."""
    half = WIDTH // HEADS // 2
    speeds = torch.exp(torch.arange(half, device=values.device) * (-math.log(1000) / half))
    angles = torch.arange(values.shape[1], device=values.device)[:, None] * speeds
    return angles.cos().to(values.dtype), angles.sin().to(values.dtype)


def _turned(values, turns):
    cosine, sine = turns
    left, right = values.chunk(2, dim=3)
    return torch.cat([left * cosine - right * sine, left * sine + right * cosine], dim=3)
