"""Reads and writes model files of whisper.cpp, as `models/training/export.py` writes them."""

import struct

import numpy as np

MAGIC = 0x67676D6C
FLOAT32, FLOAT16, Q8_0 = 0, 1, 8
BLOCK = 32
EIGHT_BITS = 2007  # quantisation version 2, mostly q8_0

# whisper.cpp adds these without converting them.
KEPT_IN_32_BITS = (
    "encoder.conv1.bias", "encoder.conv2.bias", "encoder.positional_embedding", "decoder.positional_embedding",
)


def read(path):
    """The eleven dimensions in their order, the bytes of all tokens, and the tensors by name, in 32 bits."""
    with open(path, "rb") as file:
        dimensions, tokens = _beginning(file)
        tensors = dict(iter(lambda: _tensor(file), None))
    return dimensions, tokens, tensors


def write_in_eight_bits(source, target):
    """Writes a model again, with its matrices in q8_0."""
    _, _, tensors = read(source)
    with open(source, "rb") as file:
        _beginning(file)
        length = file.tell()
        file.seek(0)
        beginning = bytearray(file.read(length))
    struct.pack_into("<i", beginning, 44, EIGHT_BITS)
    with open(target, "wb") as file:
        file.write(beginning)
        for name, tensor in tensors.items():
            _write_tensor(file, name, tensor)


def _beginning(file):
    magic, *dimensions = struct.unpack("<12i", file.read(48))
    if magic != MAGIC:
        raise ValueError(f"{file.name} is no model of whisper.cpp")
    bands, bins = struct.unpack("<2i", file.read(8))
    file.seek(bands * bins * 4, 1)
    (count,) = struct.unpack("<i", file.read(4))
    return dimensions, [file.read(struct.unpack("<I", file.read(4))[0]) for _ in range(count)]


def _write_tensor(file, name, tensor):
    if tensor.ndim < 2 or name in KEPT_IN_32_BITS:
        kind, data = FLOAT32, tensor.astype("<f4").tobytes()
    elif tensor.ndim == 3:
        kind, data = FLOAT16, tensor.astype("<f2").tobytes()
    else:
        kind, data = Q8_0, _quantised(tensor)
    encoded = name.encode()
    file.write(struct.pack("<3i", tensor.ndim, len(encoded), kind))
    file.write(struct.pack(f"<{tensor.ndim}i", *reversed(tensor.shape)) + encoded + data)


def _quantised(matrix):
    blocks = matrix.reshape(-1, BLOCK)
    scales = np.abs(blocks).max(1, keepdims=True) / 127
    steps = np.rint(blocks / np.maximum(scales, 1e-30)).astype(np.int8)
    return np.concatenate([scales.astype("<f2").view(np.uint8), steps.view(np.uint8)], axis=1).tobytes()


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
