"""Writes a Parakeet folder of `full_parakeet.py` as the file that transcribe.cpp reads.

    python parakeet_for_transcribe_cpp.py FOLDER FILE.gguf

A small encoder is written as transcribe.cpp publishes its models of 8 bits: matrices as Q8_0, pointwise
convolutions in 16 bits, all else whole. The demonstration model cannot be written: its attention turns
queries and keys, and the one that transcribe.cpp has for Parakeet adds a term for every distance.
"""

import json
import os
import sys

import numpy as np
import onnx
from gguf import GGMLQuantizationType, GGUFWriter, TokenType, quants
from onnx import numpy_helper

# ONNX has input, output, forget, cell where transcribe.cpp has input, forget, cell, output.
LSTM_GATES = (0, 2, 3, 1)

# What transcribe.cpp adds to a variance before it divides by its root.
VARIANCE_ADDED = 1e-5


def convert(source, target):
    with open(f"{source}/config.json", encoding="utf8") as file:
        config = json.load(file)
    quantised = f"{source}/encoder-model.int8.onnx"
    small = os.path.exists(quantised)
    encoder = _stored(quantised if small else f"{source}/encoder-model.onnx")
    stored = {**encoder, **_stored(f"{source}/decoder_joint-model.onnx")}
    writer = GGUFWriter(target, "parakeet")
    writer.add_string("stt.variant", "tdt-0.6b-v3")
    _describe_sound(writer, config)
    _describe_networks(writer, config, stored)
    _describe_pieces(writer, f"{source}/vocab.txt")
    for name in stored:
        if name.startswith(("enc.", "pred.", "joint.")) and not name.endswith(".scale"):
            _write(writer, name, _numbers(stored, name), small)
    for layer in range(_count(stored, "norm_out.weight")):
        _write_idle_norm(writer, f"enc.blocks.{layer}.conv.bn", stored["enc.pre_encode.out.bias"].shape)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _stored(path):
    return {weight.name: numpy_helper.to_array(weight, os.path.dirname(path)) for weight in onnx.load(path).graph.initializer}


def _count(stored, ending):
    return sum(name.endswith(ending) for name in stored)


def _describe_sound(writer, config):
    """As NeMo looks at sound."""
    whole = {"num_mels": config["features_size"], "sample_rate": 16_000, "n_fft": 512, "win_length": 400, "hop_length": 160}
    floats = {"dither": 0, "pre_emphasis": 0.97, "f_min": 0, "f_max": 8000}
    writer.add_string("stt.frontend.type", "mel")
    writer.add_string("stt.frontend.window", "hann")
    writer.add_string("stt.frontend.normalize", "per_feature")
    for name, value in whole.items():
        writer.add_uint32(f"stt.frontend.{name}", value)
    for name, value in floats.items():
        writer.add_float32(f"stt.frontend.{name}", value)


def _describe_networks(writer, config, stored):
    block = "enc.blocks.0"
    pieces, state = stored["pred.embed.weight"].shape
    skips = len(stored["joint.out.bias"]) - pieces
    known = {
        "encoder.n_layers": _count(stored, ".norm_out.weight"),
        "encoder.d_model": len(stored["enc.pre_encode.out.bias"]),
        "encoder.n_heads": len(stored[f"{block}.attn.pos_bias_u"]),
        "encoder.d_ff": len(stored[f"{block}.ff1.linear1.bias"]),
        "encoder.conv_kernel": stored[f"{block}.conv.depthwise.weight"].shape[2],
        "encoder.subsampling_factor": config["subsampling_factor"],
        "encoder.subsampling_channels": len(stored["enc.pre_encode.conv.0.bias"]),
        # It is asked for, but positions are computed for as many frames as there are.
        "encoder.pos_emb_max_len": 5000,
        "predictor.hidden": state,
        "predictor.n_layers": _count(stored, ".Wh"),
        "predictor.vocab": pieces,
        "joint.hidden": len(stored["joint.enc.bias"]),
        "joint.num_extra_outputs": skips,
    }
    for name, value in known.items():
        writer.add_uint32(f"stt.parakeet.{name}", value)
    writer.add_bool("stt.parakeet.encoder.use_bias", True)
    writer.add_string("stt.parakeet.joint.activation", "relu")
    writer.add_array("stt.parakeet.tdt.durations", list(range(skips)))


def _describe_pieces(writer, path):
    with open(path, encoding="utf8") as file:
        pieces = [line.rsplit(" ", 1)[0] for line in file]
    blank = len(pieces) - 1
    writer.add_tokenizer_model("bpe")
    writer.add_token_list(pieces)
    writer.add_token_scores([0.0] * len(pieces))
    writer.add_token_types([TokenType.NORMAL] * blank + [TokenType.CONTROL])
    writer.add_uint32("tokenizer.ggml.blank_token_id", blank)


def _numbers(stored, name):
    """One weight in 32 bits, turned as transcribe.cpp wants it."""
    numbers = stored[name]
    if numbers.dtype == np.int8:
        numbers = numbers * stored[name.replace(".weight", ".scale")]
    if name.startswith("pred.lstm."):
        gates = np.split(numbers[0], 4 if numbers.ndim == 3 else 8)
        both = np.concatenate([gates[gate] for gate in LSTM_GATES])
        # One bias is for what comes in, one for what is remembered; here they are one.
        return both if numbers.ndim == 3 else both + np.concatenate([gates[4 + gate] for gate in LSTM_GATES])
    if numbers.ndim == 2 and name.endswith(".weight") and name != "pred.embed.weight":
        numbers = numbers.T
    return numbers[:, :, None] if ".pointwise" in name and numbers.ndim == 2 else numbers


def _write(writer, name, numbers, small):
    kind = GGMLQuantizationType.F32
    if small and name.startswith("enc.") and name.endswith(".weight"):
        if ".pointwise" in name:
            kind = GGMLQuantizationType.F16
        elif numbers.ndim == 2:
            kind = GGMLQuantizationType.Q8_0
    writer.add_tensor(name, quants.quantize(np.ascontiguousarray(numbers), kind), raw_dtype=kind)


def _write_idle_norm(writer, name, shape):
    """The normalisation of the convolution, which the convolution's own weights contain already."""
    spread = np.full(shape, 1 - VARIANCE_ADDED, np.float32)
    ones, zeros = np.ones(shape, np.float32), np.zeros(shape, np.float32)
    for part, numbers in {"weight": ones, "bias": zeros, "running_mean": zeros, "running_var": spread}.items():
        writer.add_tensor(f"{name}.{part}", numbers)


if __name__ == "__main__":
    convert(*sys.argv[1:])
