"""Writes a model file of whisper.cpp as the folder that faster-whisper reads.

    python whisper_for_ctranslate2.py MODEL.bin FOLDER

The tensors are given to CTranslate2 in 32 bits; it quantises them anew when it loads them. The tokens lie
in the file in the order in which they were merged, which is all that their tokeniser needs.
"""

import os
import sys

import numpy as np
import tokenizers
from ctranslate2.converters import utils
from ctranslate2.specs import WhisperSpec, common_spec
from pywhispercpp.model import Model
from tokenizers import decoders, models, pre_tokenizers

import ggml_whisper

END_OF_TEXT = 50_257
TIMES = 1501
# In the order of their numbers after the end of the text; the languages stand after the first.
BEFORE_LANGUAGES, AFTER_LANGUAGES = ["<|startoftranscript|>"], [
    "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>", "<|notimestamps|>",
]


def convert(source, target):
    dimensions, tokens, tensors = ggml_whisper.read(source)
    vocabulary, _, _, heads, layers, _, _, text_heads, text_layers, _, _ = dimensions
    spec = WhisperSpec(layers, heads, text_layers, text_heads)
    spec.decoder.activation = np.int8(common_spec.Activation.GELUTanh)
    _encoder(spec.encoder, tensors)
    _decoder(spec.decoder, tensors)
    special = _special_tokens(vocabulary)
    letters = _letters()
    written = ["".join(letters[byte] for byte in token) for token in tokens[:END_OF_TEXT]]
    spec.register_vocabulary(written + special + [f"<|{number * 0.02:.2f}|>" for number in range(TIMES)])
    tokeniser = _tokeniser(tokens[:END_OF_TEXT], written, special)
    spec.config.suppress_ids = []
    # A blank, or the end, is not said first.
    spec.config.suppress_ids_begin = [tokeniser.encode(" ", add_special_tokens=False).ids[0], END_OF_TEXT]
    first = END_OF_TEXT + 1 + len(BEFORE_LANGUAGES)
    spec.config.lang_ids = list(range(first, first + len(special) - 1 - len(BEFORE_LANGUAGES) - len(AFTER_LANGUAGES)))
    spec.config.alignment_heads = [[layer, 0] for layer in range(1, text_layers)]
    spec.validate()
    os.makedirs(target, exist_ok=True)
    spec.save(target)
    tokeniser.save(f"{target}/tokenizer.json")


def _encoder(spec, tensors):
    for name in ("conv1", "conv2"):
        convolution = getattr(spec, name)
        convolution.weight, convolution.bias = tensors[f"encoder.{name}.weight"], tensors[f"encoder.{name}.bias"].reshape(-1)
    spec.position_encodings.encodings = tensors["encoder.positional_embedding"]
    _norm(spec.layer_norm, tensors, "encoder.ln_post")
    for number, layer in enumerate(spec.layer):
        _block(layer, tensors, f"encoder.blocks.{number}")


def _decoder(spec, tensors):
    spec.embeddings.weight = spec.projection.weight = tensors["decoder.token_embedding.weight"]
    spec.position_encodings.encodings = tensors["decoder.positional_embedding"]
    _norm(spec.layer_norm, tensors, "decoder.ln")
    for number, layer in enumerate(spec.layer):
        name = f"decoder.blocks.{number}"
        _block(layer, tensors, name)
        query, key, value, out = _attention(tensors, f"{name}.cross_attn")
        utils.fuse_linear(layer.attention.linear[0], [query])
        utils.fuse_linear(layer.attention.linear[1], [key, value])
        utils.fuse_linear(layer.attention.linear[2], [out])
        _norm(layer.attention.layer_norm, tensors, f"{name}.cross_attn_ln")


def _block(layer, tensors, name):
    query, key, value, out = _attention(tensors, f"{name}.attn")
    utils.fuse_linear(layer.self_attention.linear[0], [query, key, value])
    utils.fuse_linear(layer.self_attention.linear[1], [out])
    _norm(layer.self_attention.layer_norm, tensors, f"{name}.attn_ln")
    _norm(layer.ffn.layer_norm, tensors, f"{name}.mlp_ln")
    utils.fuse_linear(layer.ffn.linear_0, [_linear(tensors, f"{name}.mlp.0")])
    utils.fuse_linear(layer.ffn.linear_1, [_linear(tensors, f"{name}.mlp.2")])


def _attention(tensors, name):
    return [_linear(tensors, f"{name}.{part}") for part in ("query", "key", "value", "out")]


def _linear(tensors, name):
    linear = common_spec.LinearSpec()
    linear.weight = tensors[f"{name}.weight"]
    # Keys have none.
    linear.bias = tensors.get(f"{name}.bias", np.zeros(linear.weight.shape[0], np.float32))
    return linear


def _norm(spec, tensors, name):
    spec.gamma, spec.beta = tensors[f"{name}.weight"], tensors[f"{name}.bias"]


def _special_tokens(vocabulary):
    room = vocabulary - END_OF_TEXT - 1 - len(BEFORE_LANGUAGES) - len(AFTER_LANGUAGES) - TIMES
    # Their order is not in the file: whoever reads it knows it.
    languages = [f"<|{code}|>" for code in Model.available_languages()[:room]]
    return ["<|endoftext|>", *BEFORE_LANGUAGES, *languages, *AFTER_LANGUAGES]


def _letters():
    """A letter for each byte, as GPT-2 has them."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + place) for place, byte in enumerate(others)}


def _tokeniser(tokens, written, special):
    ranks = {token: rank for rank, token in enumerate(tokens)}
    named = dict(zip(tokens, written))
    pairs = [_halves(token, rank, ranks) for rank, token in enumerate(tokens) if len(token) > 1]
    model = models.BPE(vocab={text: number for number, text in enumerate(written)}, merges=[(named[a], named[b]) for a, b in pairs])
    tokeniser = tokenizers.Tokenizer(model)
    tokeniser.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokeniser.decoder = decoders.ByteLevel()
    tokeniser.add_special_tokens(special)
    return tokeniser


def _halves(token, rank, ranks):
    """The two older tokens that were merged into this one: what is left of its bytes before its own merge."""
    parts = [token[place : place + 1] for place in range(len(token))]
    while len(parts) > 2:
        merged = [ranks.get(parts[place] + parts[place + 1], rank) for place in range(len(parts) - 1)]
        place = min(range(len(merged)), key=merged.__getitem__)
        parts[place : place + 2] = [parts[place] + parts[place + 1]]
    return parts


if __name__ == "__main__":
    convert(*sys.argv[1:])
