"""Writes a checkpoint as a folder in the layout of onnx-asr: two networks, their pieces and their settings.

    PYTHONPATH=.. python export.py --from checkpoints/finish.pt --out ../../demo-parakeet-es
"""

import argparse
import json
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from chunks import SUBSAMPLING
from features import PARAKEET_BANDS
from model import PHONEMES_PER_FRAME, STATE, WIDTH, SpeechModel
from paths import LONGEST_SKIP
from pieces import Pieces

OPSET, IR_VERSION = 18, 8
LSTM_GATES = (0, 3, 1, 2)  # ONNX has input, output, forget, cell where torch has input, forget, cell, output


class ExportedEncoder(torch.nn.Module):
    """The encoder with frames last, as NeMo hands them on."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, audio_signal, length):
        values, lengths = self.encoder(audio_signal, length)
        return values.transpose(1, 2), lengths


def load(checkpoint):
    """The model and its pieces."""
    stored = torch.load(checkpoint)
    pieces = Pieces(stored["pieces"])
    phoneme_count = stored["model"]["phonemes.bias"].shape[0] // PHONEMES_PER_FRAME
    model = SpeechModel(pieces.blank, phoneme_count)
    model.load_state_dict(stored["model"])
    return model.eval(), pieces


def export(model, pieces, out):
    os.makedirs(out, exist_ok=True)
    _export_encoder(model.encoder, f"{out}/encoder-model.onnx")
    _export_decoder(model, pieces, f"{out}/decoder_joint-model.onnx")
    with open(f"{out}/vocab.txt", "w", encoding="utf8") as file:
        file.writelines(f"{text} {number}\n" for number, text in enumerate([*pieces.texts, "<blk>"]))
    with open(f"{out}/config.json", "w", encoding="utf8") as file:
        json.dump({"model_type": "nemo-conformer-tdt", "features_size": PARAKEET_BANDS, "subsampling_factor": SUBSAMPLING}, file)
        file.write("\n")


def _export_encoder(encoder, path):
    signal, lengths = torch.randn(2, PARAKEET_BANDS, 240), torch.tensor([240, 171])
    batch, frames = torch.export.Dim("batch"), torch.export.Dim("frames", min=2)
    program = torch.onnx.export(
        ExportedEncoder(encoder).eval(), (signal, lengths), input_names=["audio_signal", "length"],
        output_names=["outputs", "encoded_lengths"], dynamic_shapes=({0: batch, 2: frames}, {0: batch}), opset_version=OPSET,
        dynamo=True, external_data=False, verbose=False,
    )
    model = program.model_proto
    model.ir_version = IR_VERSION
    del model.metadata_props[:]
    for node in model.graph.node:
        del node.metadata_props[:]
        node.doc_string = ""
    onnx.checker.check_model(model, full_check=True)
    onnx.save(model, path)


def _export_decoder(model, pieces, path):
    """The predictor and the joint network; built by hand, because the layout wants one step of both."""
    numbers = {name: tensor.detach().numpy() for name, tensor in [*model.predictor.named_parameters(), *model.joint.named_parameters(prefix="joint")]}
    constants = {
        "embedding": numbers["embedding.weight"],
        "memory_in": _gates(numbers["memory.weight_ih_l0"])[None],
        "memory_again": _gates(numbers["memory.weight_hh_l0"])[None],
        "memory_bias": np.concatenate([_gates(numbers["memory.bias_ih_l0"]), _gates(numbers["memory.bias_hh_l0"])])[None],
        "axis_1": np.array([1]),
        "axis_2": np.array([2]),
    }
    for name in ("heard", "expected", "answer"):
        constants[name] = np.ascontiguousarray(numbers[f"joint.{name}.weight"].T)
        constants[f"{name}_bias"] = numbers[f"joint.{name}.bias"]
    node = helper.make_node
    nodes = [
        node("Gather", ["embedding", "targets"], ["embedded"]),
        node("Transpose", ["embedded"], ["embedded_in_time"], perm=[1, 0, 2]),
        node(
            "LSTM",
            ["embedded_in_time", "memory_in", "memory_again", "memory_bias", "", "input_states_1", "input_states_2"],
            ["remembered_each_way", "output_states_1", "output_states_2"],
            hidden_size=STATE,
        ),
        node("Squeeze", ["remembered_each_way", "axis_1"], ["remembered"]),
        node("Transpose", ["remembered"], ["remembered_in_batch"], perm=[1, 0, 2]),
        *_linear("remembered_in_batch", "expected"),
        node("Transpose", ["encoder_outputs"], ["frames_in_batch"], perm=[0, 2, 1]),
        *_linear("frames_in_batch", "heard"),
        node("Unsqueeze", ["heard_out", "axis_2"], ["heard_by_frame"]),
        node("Unsqueeze", ["expected_out", "axis_1"], ["expected_by_piece"]),
        node("Add", ["heard_by_frame", "expected_by_piece"], ["joined"]),
        node("Relu", ["joined"], ["bent"]),
        *_linear("bent", "answer", out="outputs"),
        node("Identity", ["target_length"], ["prednet_lengths"]),
    ]
    floats, whole = TensorProto.FLOAT, TensorProto.INT32
    value = helper.make_tensor_value_info
    inputs = [
        value("encoder_outputs", floats, ["batch", WIDTH, "frames"]),
        value("targets", whole, ["batch", "said"]),
        value("target_length", whole, ["batch"]),
        value("input_states_1", floats, [1, "batch", STATE]),
        value("input_states_2", floats, [1, "batch", STATE]),
    ]
    outputs = [
        value("outputs", floats, ["batch", "frames", "said", pieces.blank + 1 + LONGEST_SKIP + 1]),
        value("prednet_lengths", whole, ["batch"]),
        value("output_states_1", floats, [1, "batch", STATE]),
        value("output_states_2", floats, [1, "batch", STATE]),
    ]
    graph = helper.make_graph(nodes, "decoder_joint", inputs, outputs, [numpy_helper.from_array(array, name) for name, array in constants.items()])
    exported = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR_VERSION)
    onnx.checker.check_model(exported, full_check=True)
    onnx.save(exported, path)


def _linear(source, name, out=None):
    return [
        helper.make_node("MatMul", [source, name], [f"{name}_product"]),
        helper.make_node("Add", [f"{name}_product", f"{name}_bias"], [out or f"{name}_out"]),
    ]


def _gates(weights):
    return np.concatenate([weights[gate * STATE : (gate + 1) * STATE] for gate in LSTM_GATES])


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="checkpoint", required=True)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    export(*load(arguments.checkpoint), arguments.out)
    size = sum(os.path.getsize(os.path.join(arguments.out, name)) for name in os.listdir(arguments.out))
    print(f"{arguments.out}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    _main()
