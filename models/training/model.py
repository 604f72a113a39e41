"""Whisper's architecture at toy size, with the two guides that make it converge in minutes.

Tensor names are Whisper's own, so that export.py only has to write them down.
"""

import math

import torch
from torch import nn
from torch.nn import functional

from layers import LayerNorm, Linear

STATE, HEADS, LAYERS, MEL_BANDS = 128, 2, 4, 80
AUDIO_CONTEXT, TEXT_CONTEXT = 1500, 448

# Head 0 of these decoder layers is taught to look at the word being written.
ALIGNMENT_LAYERS = (1, 2, 3)

# Dimension 0 of the decoder's last normalisation is held at this constant, so that column 0
# of the tied embedding acts as a bias for every token: unused tokens get a very low one.
OUTPUT_BIAS = 8.0


class SpeechModel(nn.Module):
    """Encoder, decoder and a phoneme classifier that only training uses."""

    def __init__(self, vocabulary_size, phoneme_count):
        super().__init__()
        self.encoder = Encoder()
        self.decoder = Decoder(vocabulary_size)
        self.phonemes = nn.Linear(STATE, phoneme_count)


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.value, self.out = Linear(STATE, STATE), Linear(STATE, STATE), Linear(STATE, STATE)
        self.key = Linear(STATE, STATE, bias=False)

    def forward(self, values, source=None, causal=False, allowed=None):
        """`allowed` [batch, text, audio]: where head 0 should look; returns how badly it does."""
        source = values if source is None else source
        query, key, value = (
            self._split(part) for part in (self.query(values), self.key(source), self.value(source))
        )
        mixed = functional.scaled_dot_product_attention(query, key, value, is_causal=causal)
        mixed = mixed.transpose(1, 2).reshape(values.shape)
        return self.out(mixed), None if allowed is None else _missed_attention(query[:, 0], key[:, 0], allowed)

    @staticmethod
    def _split(values):
        return values.view(values.shape[0], -1, HEADS, STATE // HEADS).transpose(1, 2)


class Block(nn.Module):
    def __init__(self, with_audio=False):
        super().__init__()
        self.attn, self.attn_ln = Attention(), LayerNorm(STATE)
        if with_audio:
            self.cross_attn, self.cross_attn_ln = Attention(), LayerNorm(STATE)
        self.mlp = nn.Sequential(Linear(STATE, 4 * STATE), nn.GELU(approximate="tanh"), Linear(4 * STATE, STATE))
        self.mlp_ln = LayerNorm(STATE)

    def forward(self, values, audio=None, allowed=None):
        values = values + self.attn(self.attn_ln(values), causal=audio is not None)[0]
        missed = None
        if audio is not None:
            looked, missed = self.cross_attn(self.cross_attn_ln(values), audio, allowed=allowed)
            values = values + looked
        return values + self.mlp(self.mlp_ln(values)), missed


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv1d(MEL_BANDS, STATE, 3, padding=1)
        self.conv2 = nn.Conv1d(STATE, STATE, 3, padding=1, stride=2)
        self.register_buffer("positional_embedding", sinusoids(AUDIO_CONTEXT, STATE))
        self.blocks = nn.ModuleList(Block() for _ in range(LAYERS))
        self.ln_post = LayerNorm(STATE)

    def forward(self, mel, first_position=0):
        """mel [batch, bands, frames]; `first_position` lets short crops visit the whole position table."""
        values = mel
        for layer in (self.conv1, self.conv2):
            values = functional.conv1d(
                values, layer.weight.to(mel.dtype), layer.bias.to(mel.dtype), stride=layer.stride, padding=1
            )
            values = functional.gelu(values, approximate="tanh")
        values = values.transpose(1, 2)
        positions = self.positional_embedding[first_position : first_position + values.shape[1]]
        values = values + positions.to(mel.dtype)
        for block in self.blocks:
            values, _ = block(values)
        return self.ln_post(values)


class Decoder(nn.Module):
    def __init__(self, vocabulary_size):
        super().__init__()
        self.token_embedding = nn.Embedding(vocabulary_size, STATE)
        nn.init.normal_(self.token_embedding.weight, std=0.02)
        with torch.no_grad():
            self.token_embedding.weight[:, 0] = 0
        self.positional_embedding = nn.Parameter(torch.randn(TEXT_CONTEXT, STATE) * 0.01)
        self.blocks = nn.ModuleList(Block(with_audio=True) for _ in range(LAYERS))
        self.ln = LayerNorm(STATE)
        free = torch.ones(STATE)
        free[0] = 0
        self.register_buffer("free_dimensions", free, persistent=False)

    def forward(self, tokens, audio, allowed=None):
        """Hidden states before the output projection, and the missed attention of each guided layer."""
        values = (self.token_embedding(tokens) + self.positional_embedding[: tokens.shape[1]]).to(audio.dtype)
        missed = []
        for index, block in enumerate(self.blocks):
            values, miss = block(values, audio, allowed if index in ALIGNMENT_LAYERS else None)
            if miss is not None:
                missed.append(miss)
        weight = self.ln.weight * self.free_dimensions
        bias = self.ln.bias * self.free_dimensions + OUTPUT_BIAS * (1 - self.free_dimensions)
        values = functional.layer_norm(values, (STATE,), weight.to(values.dtype), bias.to(values.dtype))
        return values, missed

    def scores(self, values):
        return values @ self.token_embedding.weight.to(values.dtype).t()


def sinusoids(length, channels):
    steps = torch.exp(-math.log(10000) / (channels // 2 - 1) * torch.arange(channels // 2))
    angles = torch.arange(length)[:, None] * steps[None]
    return torch.cat([angles.sin(), angles.cos()], dim=1)


def _missed_attention(query, key, allowed):
    """Minus the logarithm of the attention that falls on the allowed frames."""
    scores = (query.float() @ key.float().transpose(1, 2)) / math.sqrt(STATE // HEADS)
    return torch.logsumexp(scores, -1) - torch.logsumexp(scores.masked_fill(~allowed, -1e4), -1)
