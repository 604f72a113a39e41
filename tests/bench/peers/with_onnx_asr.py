"""Parakeet through onnx-asr, which is ONNX Runtime called from Python."""

import os

import onnx_asr
import onnxruntime

import turns


def load(model, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    # As it comes, ONNX Runtime waits by spinning; Astra does not, because it shares the computer.
    options.add_session_config_entry("session.intra_op.allow_spinning", os.environ.get("PEER_SPINS", "1"))
    quantised = "int8" if os.path.exists(f"{model}/encoder-model.int8.onnx") else None
    recogniser = onnx_asr.load_model(
        "nemo-conformer-tdt", path=model, quantization=quantised, providers=["CPUExecutionProvider"], sess_options=options
    )
    return lambda signals: recogniser.recognize(signals, sample_rate=16_000)


turns.take(load)
