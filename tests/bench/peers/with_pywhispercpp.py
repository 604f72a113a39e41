"""Whisper through pywhispercpp, which is whisper.cpp called from Python, told what Astra tells it."""

from pywhispercpp.model import Model

import turns


def load(model, threads):
    whisper = Model(
        model,
        redirect_whispercpp_logs_to=None,
        context_params={"use_gpu": False, "flash_attn": False},
        n_threads=threads,
        language="es",
        greedy={"best_of": 1},
        no_context=True,
        temperature_inc=0.2001,
        entropy_thold=2.6,
        suppress_nst=True,
        print_progress=False,
        print_timestamps=False,
    )
    return lambda signals: [" ".join(segment.text for segment in whisper.transcribe(signal)) for signal in signals]


turns.take(load)
