"""Measures a model file through whisper.cpp, decoding as Astra does.

    python evaluate.py --model ../demo-es-q8_0.bin --sample ../../assets/sample --testdata TESTDATA --out figures.json

Every chunk is padded to 30 s with silence. TESTDATA holds recordings of people and neural voices.
"""

import argparse
import json

import numpy as np
from pywhispercpp.model import Model

import audio
from measures import measure_all

WINDOW = 30.0


def transcribe(model, samples):
    """[(start, end, text)] in seconds for at most 30 s, padded to 30 s."""
    padded = np.zeros(int(WINDOW * audio.SAMPLE_RATE), np.float32)
    padded[: len(samples)] = samples[: len(padded)]
    return [(part.t0 / 100, part.t1 / 100, part.text.strip()) for part in model.transcribe(padded)]


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--sample", required=True, help="folder of the sample session")
    parser.add_argument("--testdata", help="folder with recordings; left out, only generated sounds are measured")
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", help="where to write all figures as JSON")
    arguments = parser.parse_args()
    model = Model(
        arguments.model, redirect_whispercpp_logs_to=None, n_threads=arguments.threads, language="es", no_context=True,
        temperature=0.0, print_progress=False, print_realtime=False,
    )
    figures = measure_all(lambda samples: transcribe(model, samples), arguments.sample, arguments.testdata, arguments.sentences)
    if arguments.out:
        with open(arguments.out, "w", encoding="utf8") as file:
            json.dump(figures, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    _main()
