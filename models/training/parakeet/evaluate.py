"""Measures a model folder through onnx-asr, which decodes greedily as Astra does.

    PYTHONPATH=.. python evaluate.py --model ../../demo-parakeet-es --sample ../../../assets/sample --testdata TESTDATA --out figures.json

onnx-asr brings features of its own, so that what is measured does not rest on ours. TESTDATA holds
recordings of people and neural voices.
"""

import argparse
import json

import numpy as np
import onnx_asr
import onnxruntime

from grammar import words_of
from heldout import TEST_VARIANTS
from measures import measure_all, speak_test_sentences

SENTENCE_END = (".", "?")


def load(folder, threads):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    model = onnx_asr.load_model("nemo-conformer-tdt", path=folder, providers=["CPUExecutionProvider"], sess_options=options)
    return model.with_timestamps()


def words(model, samples):
    """[(start, word)] with punctuation; a word starts with its first letter."""
    heard = model.recognize(samples.astype(np.float32), sample_rate=16_000)
    found = []
    for token, time in zip(heard.tokens, heard.timestamps):
        if token.startswith(" ") or not found:
            found.append((None, ""))
        start, text = found[-1]
        spoken = any(letter.isalnum() for letter in token)
        found[-1] = (float(time) if start is None and spoken else start, text + token.strip())
    return [(start, text) for start, text in found if start is not None]


def transcribe(model, samples):
    """[(start, end, text)] of sentences; where one ends is not measured."""
    segments = []
    for start, word in words(model, samples):
        if not segments or segments[-1][2].endswith(SENTENCE_END):
            segments.append((start, start, word))
        else:
            segments[-1] = (segments[-1][0], start, f"{segments[-1][2]} {word}")
    return segments


def measure_word_starts(model, count, seed):
    """Errors of the starts of all words in held-out sentences that were heard exactly."""
    errors = []
    for _, sentence, samples, starts in speak_test_sentences(TEST_VARIANTS, count, seed):
        heard = words(model, samples)
        if words_of(" ".join(word for _, word in heard)) != words_of(sentence):
            continue
        character = 0
        for (start, _), word in zip(heard, sentence.split()):
            # espeak-ng says some words in one go; the second of them has no time.
            errors += [abs(start - second) for place, second in starts if place <= character + 1 and place >= character]
            character += len(word) + 1
    return {"words": len(errors), "mean_s": round(float(np.mean(errors)), 3), "within_100_ms": round(float(np.mean(np.array(errors) <= 0.1)), 3)}


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", required=True)
    parser.add_argument("--sample", required=True, help="folder of the sample session")
    parser.add_argument("--testdata", help="folder with recordings; left out, only generated sounds are measured")
    parser.add_argument("--sentences", type=int, default=100)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--out", help="where to write all figures as JSON")
    arguments = parser.parse_args()
    model = load(arguments.model, arguments.threads)
    figures = measure_all(lambda samples: transcribe(model, samples), arguments.sample, arguments.testdata, arguments.sentences)
    figures["word_starts"] = measure_word_starts(model, arguments.sentences, seed=2002)
    print("word_starts", figures["word_starts"])
    if arguments.out:
        with open(arguments.out, "w", encoding="utf8") as file:
            json.dump(figures, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    _main()
