"""Writes a Parakeet of full size with random weights, in the layout of onnx-asr.

    python full_parakeet.py FOLDER small|whole|none

Shapes are those of parakeet-tdt-0.6b-v3. The encoder has numbers of 8 bits as the published small one, or
of 32 bits, or there is next to none, so that nearly all that is left is the decoder's work. What is said
does not depend on what is heard: a piece every two or three frames, five a second, so that everybody who
listens says the same.
"""

import json
import os
import string
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper

import conformer
from conformer import BANDS, SUBSAMPLING, WIDTH

PIECES, STATE, JOINED, LSTM_LAYERS, SKIPS = 8192, 640, 640, 2, 5

# How much of what is heard reaches the answer, and what keeps the blank and other skips from being it.
HEARD, NEVER = 1e-6, -1e4


def write(folder, kind):
    os.makedirs(folder, exist_ok=True)
    if kind == "none":
        onnx.save(_hardly_an_encoder(), f"{folder}/encoder-model.onnx")
    elif kind == "small":
        onnx.save(conformer.encoder(quantised=True), f"{folder}/encoder-model.int8.onnx")
        # Whole as well, because that is what Astra takes of the published two; onnx-asr wants it by this name.
        onnx.save(_decoder(), f"{folder}/decoder_joint-model.int8.onnx")
    else:
        onnx.save(
            conformer.encoder(), f"{folder}/encoder-model.onnx", save_as_external_data=True, location="encoder-model.onnx.data"
        )
    onnx.save(_decoder(), f"{folder}/decoder_joint-model.onnx")
    with open(f"{folder}/vocab.txt", "w", encoding="utf8") as file:
        file.writelines(f"{text} {number}\n" for number, text in enumerate([*map(_piece, range(PIECES)), "<blk>"]))
    with open(f"{folder}/config.json", "w", encoding="utf8") as file:
        json.dump({"model_type": "nemo-conformer-tdt", "features_size": BANDS, "subsampling_factor": SUBSAMPLING}, file)


def _piece(number):
    """Every other one begins a word, as in Spanish."""
    letters = "".join(string.ascii_lowercase[number // 26**place % 26] for place in range(3))
    return letters if number % 2 else f"▁{letters}"


def _hardly_an_encoder():
    graph = conformer.Graph(2)
    weights = graph.constant(graph.random(WIDTH, BANDS, 1))
    graph.add("Conv", "audio_signal", weights, strides=[SUBSAMPLING], names=["outputs"])
    last = graph.add("Div", graph.add("Sub", "length", graph.whole(1)), graph.whole(SUBSAMPLING))
    graph.add("Add", last, graph.whole(1), names=["encoded_lengths"])
    info, floats, whole = helper.make_tensor_value_info, TensorProto.FLOAT, TensorProto.INT64
    inputs = [info("audio_signal", floats, ["batch", BANDS, "frames"]), info("length", whole, ["batch"])]
    return graph.model("encoder", inputs, [info("outputs", floats, ["batch", WIDTH, "encoded"]), info("encoded_lengths", whole, ["batch"])])


def _decoder():
    graph = conformer.Graph(3)
    pieces = graph.random(PIECES + 1, STATE, size=1)
    # Before the first piece stands the blank, which is nothing: NeMo pads with it, and not everybody looks it up.
    pieces[PIECES] = 0
    embedded = graph.add("Gather", graph.constant(pieces, "pred.embed.weight"), "targets")
    value = graph.add("Transpose", embedded, perm=[1, 0, 2])
    before = [graph.add("Split", f"input_states_{side}", outputs=LSTM_LAYERS, axis=0, num_outputs=LSTM_LAYERS) for side in (1, 2)]
    after = []
    for layer in range(LSTM_LAYERS):
        value, hidden, cell = _remembered(graph, value, before[0][layer], before[1][layer], f"pred.lstm.{layer}")
        after.append((hidden, cell))
    graph.add("Transpose", value, perm=[1, 0, 2], names=["remembered_in_batch"])
    for side, states in enumerate(zip(*after), 1):
        graph.add("Concat", *states, axis=0, names=[f"output_states_{side}"])
    heard = graph.linear(graph.add("Transpose", "encoder_outputs", perm=[0, 2, 1]), WIDTH, JOINED, "joint.enc", size=HEARD)
    expected = graph.linear("remembered_in_batch", STATE, JOINED, "joint.pred", size=1)
    joined = graph.add("Add", graph.add("Unsqueeze", heard, graph.whole(2)), graph.add("Unsqueeze", expected, graph.whole(1)))
    answer = graph.linear(graph.add("Relu", joined), JOINED, PIECES + 1 + SKIPS, "joint.out", bias=False)
    bias = np.zeros(PIECES + 1 + SKIPS, np.float32)
    bias[[PIECES, PIECES + 1, PIECES + 2, PIECES + 5]] = NEVER
    graph.add("Add", answer, graph.constant(bias, "joint.out.bias"), names=["outputs"])
    graph.add("Identity", "target_length", names=["prednet_lengths"])
    info, floats, whole = helper.make_tensor_value_info, TensorProto.FLOAT, TensorProto.INT32
    states = [[LSTM_LAYERS, "batch", STATE]] * 2
    inputs = [info("encoder_outputs", floats, ["batch", WIDTH, "frames"]), info("targets", whole, ["batch", "said"])]
    inputs += [info("target_length", whole, ["batch"])] + [info(f"input_states_{side}", floats, shape) for side, shape in enumerate(states, 1)]
    outputs = [info("outputs", floats, ["batch", "frames", "said", PIECES + 1 + SKIPS]), info("prednet_lengths", whole, ["batch"])]
    outputs += [info(f"output_states_{side}", floats, shape) for side, shape in enumerate(states, 1)]
    return graph.model("decoder_joint", inputs, outputs)


def _remembered(graph, value, hidden, cell, name):
    inward, again = (graph.constant(graph.random(1, 4 * STATE, STATE, size=STATE**-0.5), f"{name}.{part}") for part in ("Wx", "Wh"))
    bias = graph.constant(np.zeros((1, 8 * STATE), np.float32), f"{name}.bias")
    said, hidden, cell = graph.add("LSTM", value, inward, again, bias, "", hidden, cell, outputs=3, hidden_size=STATE)
    return graph.add("Squeeze", said, graph.whole(1)), hidden, cell


if __name__ == "__main__":
    write(*sys.argv[1:])
