"""Parakeet through sherpa-onnx, which is ONNX Runtime called from C++."""

import sherpa_onnx

import turns


def load(model, threads):
    recogniser = sherpa_onnx.OfflineRecognizer.from_transducer(
        encoder=f"{model}/encoder.onnx",
        decoder=f"{model}/decoder.onnx",
        joiner=f"{model}/joiner.onnx",
        tokens=f"{model}/tokens.txt",
        num_threads=threads,
        feature_dim=128,
        model_type="nemo_transducer",
    )

    def hear(signals):
        streams = [recogniser.create_stream() for _ in signals]
        for stream, signal in zip(streams, signals):
            stream.accept_waveform(16_000, signal)
        recogniser.decode_streams(streams)
        return [stream.result.text for stream in streams]

    return hear


turns.take(load)
