"""Reads a model file of whisper.cpp: what `models/training/export.py` writes."""

import struct

import numpy as np

MAGIC = 0x67676D6C
FLOAT32, FLOAT16, Q8_0 = 0, 1, 8
BLOCK = 32


def read(path):
    """The eleven dimensions in their order, the bytes of all tokens, and the tensors by name, in 32 bits."""
    with open(path, "rb") as file:
        magic, *dimensions = struct.unpack("<12i", file.read(48))
        if magic != MAGIC:
            raise ValueError(f"{path} is no model of whisper.cpp")
        bands, bins = struct.unpack("<2i", file.read(8))
        file.seek(bands * bins * 4, 1)
        (count,) = struct.unpack("<i", file.read(4))
        tokens = [file.read(struct.unpack("<I", file.read(4))[0]) for _ in range(count)]
        tensors = dict(iter(lambda: _tensor(file), None))
    return dimensions, tokens, tensors


def _tensor(file):
    header = file.read(12)
    if not header:
        return None
    depth, length, kind = struct.unpack("<3i", header)
    shape = struct.unpack(f"<{depth}i", file.read(4 * depth))[::-1]
    name = file.read(length).decode()
    count = int(np.prod(shape))
    if kind == Q8_0:
        blocks = np.frombuffer(file.read(count // BLOCK * (BLOCK + 2)), np.uint8).reshape(-1, BLOCK + 2)
        scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
        values = blocks[:, 2:].copy().view(np.int8).astype(np.float32) * scales
    else:
        values = np.frombuffer(file.read(count * (2 if kind == FLOAT16 else 4)), "<f2" if kind == FLOAT16 else "<f4")
    return name, values.astype(np.float32).reshape(shape)
