"""How the bench and a peer talk: one process a peer, one model, the same chunks over and over.

The arguments are the model, the number of threads, how many chunks are heard at once, and the chunks as
WAV of 16 kHz. The peer hears all of them once to warm up and prints a line; for every line it then reads,
it hears them again and prints `{"wall": seconds, "cpu": seconds, "texts": […]}`. That way its turns can
be taken between those of Astra.
"""

import argparse
import json
import os
import sys
import time
import wave

import numpy as np


def take(load):
    """`load(model, threads)` gives a function from a list of signals to their texts."""
    parser = argparse.ArgumentParser()
    parser.add_argument("model")
    parser.add_argument("threads", type=int)
    parser.add_argument("at_once", type=int)
    parser.add_argument("chunks", nargs="+")
    arguments = parser.parse_args()
    answers = _answers_alone()
    hear = load(arguments.model, arguments.threads)
    signals = [_read(path) for path in arguments.chunks]
    parties = [signals[first : first + arguments.at_once] for first in range(0, len(signals), arguments.at_once)]
    _turn(hear, parties)
    print(json.dumps({"ready": True}), file=answers, flush=True)
    for _ in sys.stdin:
        print(json.dumps(_turn(hear, parties)), file=answers, flush=True)


def _turn(hear, parties):
    wall, cpu = time.perf_counter(), time.process_time()
    texts = [text for party in parties for text in hear(party)]
    cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
    return {"wall": wall, "cpu": cpu, "texts": [" ".join(text.split()) for text in texts]}


def _read(path):
    with wave.open(path) as file:
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768


def _answers_alone():
    """Native code prints what it likes on standard output, so that answers get a copy of their own."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return answers
