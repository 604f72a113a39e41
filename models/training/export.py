"""Writes a checkpoint as a whisper.cpp model file, matrices in q8_0.

    python export.py --from checkpoints/finish.pt --assets whisper/assets --out demo-es-q8_0.bin

Layout: magic, eleven numbers, mel filters, tokens, then every tensor with its name.
"""

import argparse
import os
import struct

import numpy as np
import torch

from features import whisper_filters
from model import AUDIO_CONTEXT, HEADS, LAYERS, MEL_BANDS, OUTPUT_BIAS, STATE, TEXT_CONTEXT
from vocabulary import load_token_bytes

MAGIC = 0x67676D6C
VOCABULARY_SIZE = 51865  # whisper.cpp derives the special ids from it
FLOAT32, FLOAT16, Q8_0 = 0, 1, 8
FILE_TYPE = 2007  # quantisation version 2, mostly q8_0
BLOCK = 32
UNUSED_TOKEN_SCORE = -30.0

# whisper.cpp adds these without converting them.
KEPT_IN_FLOAT32 = (
    "encoder.conv1.bias", "encoder.conv2.bias", "encoder.positional_embedding", "decoder.positional_embedding",
)


def export(checkpoint, whisper_assets, out):
    stored = torch.load(checkpoint)
    tensors = {
        name: tensor.float().numpy() for name, tensor in stored["model"].items() if not name.startswith("phonemes.")
    }
    tensors["decoder.token_embedding.weight"] = _full_embedding(tensors["decoder.token_embedding.weight"], stored["ids"])
    tensors["decoder.ln.weight"][0] = 0
    tensors["decoder.ln.bias"][0] = OUTPUT_BIAS
    filters, tokens = whisper_filters(whisper_assets), load_token_bytes(whisper_assets)
    with open(out, "wb") as file:
        shape = (AUDIO_CONTEXT, STATE, HEADS, LAYERS, TEXT_CONTEXT, STATE, HEADS, LAYERS, MEL_BANDS)
        file.write(struct.pack("<I11i", MAGIC, VOCABULARY_SIZE, *shape, FILE_TYPE))
        file.write(struct.pack("<2i", *filters.shape) + filters.astype("<f4").tobytes())
        file.write(struct.pack("<i", len(tokens)))
        for token in tokens:
            file.write(struct.pack("<I", len(token)) + token)
        for name, tensor in tensors.items():
            _write_tensor(file, name, tensor)


def _full_embedding(used_rows, ids):
    """Every token of Whisper; those never used score UNUSED_TOKEN_SCORE through column 0."""
    embedding = np.zeros((VOCABULARY_SIZE, STATE), np.float32)
    embedding[:, 0] = UNUSED_TOKEN_SCORE / OUTPUT_BIAS
    embedding[np.array(ids)] = used_rows
    return embedding


def _write_tensor(file, name, tensor):
    if name in ("encoder.conv1.bias", "encoder.conv2.bias"):
        tensor = tensor.reshape(-1, 1)
    if tensor.ndim < 2 or name in KEPT_IN_FLOAT32:
        kind, data = FLOAT32, tensor.astype("<f4").tobytes()
    elif tensor.ndim == 3:
        kind, data = FLOAT16, tensor.astype("<f2").tobytes()
    else:
        kind, data = Q8_0, _quantise(tensor)
    encoded = name.encode()
    file.write(struct.pack("<3i", tensor.ndim, len(encoded), kind))
    file.write(struct.pack(f"<{tensor.ndim}i", *reversed(tensor.shape)) + encoded + data)


def _quantise(matrix):
    """ggml's q8_0: blocks of 32 bytes, each block with a half-precision scale in front."""
    blocks = matrix.astype(np.float32).reshape(-1, BLOCK)
    scale = np.abs(blocks).max(1) / 127
    steps = np.round(blocks / np.maximum(scale, 1e-30)[:, None]).clip(-127, 127).astype(np.int8)
    packed = np.zeros((len(blocks), BLOCK + 2), np.uint8)
    packed[:, :2] = scale.astype("<f2").view(np.uint8).reshape(-1, 2)
    packed[:, 2:] = steps.view(np.uint8)
    return packed.tobytes()


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="checkpoint", required=True)
    parser.add_argument("--assets", required=True, help="folder with mel_filters.npz and multilingual.tiktoken")
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    export(arguments.checkpoint, arguments.assets, arguments.out)
    print(f"{arguments.out}: {os.path.getsize(arguments.out) / 1e6:.1f} MB")


if __name__ == "__main__":
    _main()
