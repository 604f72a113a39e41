"""Writes a Parakeet folder in the layout of onnx-asr as the one that sherpa-onnx reads.

    python parakeet_for_sherpa.py FROM TO

The weights stay what they are: the network that predicts and joins is cut in two where the prediction
comes out, and the encoder is told in its metadata what sherpa-onnx wants to know of all three.
"""

import json
import os
import shutil
import sys

import onnx
from onnx import helper

# What the prediction is called in the networks that this project writes.
PREDICTION = "remembered_in_batch"


def convert(source, target):
    os.makedirs(target, exist_ok=True)
    with open(f"{source}/config.json", encoding="utf8") as file:
        config = json.load(file)
    with open(f"{source}/vocab.txt", encoding="utf8") as file:
        pieces = sum(1 for line in file if line.strip())
    both = onnx.load(f"{source}/decoder_joint-model.onnx")
    state = next(value for value in both.graph.input if value.name == "input_states_1").type.tensor_type.shape.dim
    onnx.save(_part(both, ["targets", "target_length", "input_states_1", "input_states_2"], [PREDICTION, "prednet_lengths", "output_states_1", "output_states_2"]), f"{target}/decoder.onnx")
    onnx.save(_part(both, ["encoder_outputs", PREDICTION], ["outputs"]), f"{target}/joiner.onnx")
    quantised = f"{source}/encoder-model.int8.onnx"
    encoder = onnx.load(quantised if os.path.exists(quantised) else f"{source}/encoder-model.onnx")
    known = {
        "vocab_size": pieces - 1,
        "normalize_type": "per_feature",
        "pred_rnn_layers": state[0].dim_value,
        "pred_hidden": state[2].dim_value,
        "subsampling_factor": config["subsampling_factor"],
        "feat_dim": config["features_size"],
        # That the joiner answers with durations too is read from an address that has «tdt» in it.
        "url": "tdt",
    }
    helper.set_model_props(encoder, {name: str(value) for name, value in known.items()})
    onnx.save(encoder, f"{target}/encoder.onnx")
    shutil.copy(f"{source}/vocab.txt", f"{target}/tokens.txt")


def _part(model, inputs, outputs):
    """The nodes between these values, as a model of its own."""
    made_by = {output: node for node in model.graph.node for output in node.output}
    wanted, names = list(outputs), set()
    while wanted:
        name = wanted.pop()
        if name in names or name in inputs:
            continue
        names.add(name)
        wanted += made_by[name].input if name in made_by else []
    nodes = [node for node in model.graph.node if names.intersection(node.output)]
    weights = [weight for weight in model.graph.initializer if weight.name in names]
    known = {value.name: value for value in [*model.graph.input, *model.graph.output]}
    width = next(value for value in model.graph.input if value.name == "input_states_1").type.tensor_type.shape.dim[2]
    known[PREDICTION] = helper.make_tensor_value_info(PREDICTION, onnx.TensorProto.FLOAT, ["batch", "said", width.dim_value])
    graph = helper.make_graph(nodes, "part", [known[name] for name in inputs], [known[name] for name in outputs], weights)
    part = helper.make_model(graph, opset_imports=model.opset_import, ir_version=model.ir_version)
    onnx.checker.check_model(part, full_check=True)
    return part


if __name__ == "__main__":
    convert(*sys.argv[1:])
