"""Measures a model file through whisper.cpp, decoding as Astra does.

    python evaluate.py --model ../demo-es-q8_0.bin --sample ../../assets/sample --testdata TESTDATA --out figures.json

Astra cuts a recording at pauses into chunks of at most 28 s, pads each to 30 s with
silence and carries no text from one to the next. Word error rates are on lower-case words
without punctuation. TESTDATA holds recordings of people and neural voices; there the right
answer is no text at all, and every word counts as invented.
"""

import argparse
import json
import os
import random
from dataclasses import dataclass, field

import numpy as np
import soundfile
from pywhispercpp.model import Model

import audio
from espeak import Espeak
from grammar import CouncilGrammar, words_of
from heldout import TEST_VARIANTS, is_test_sentence
from make_sample import record_session
from negatives import babble, foreign_speech, music, noise
from synthesis import TRAINING_VARIANTS

LONGEST_CHUNK = 28.0
WINDOW = 30.0
LONGEST_KEPT_PAUSE = 2.0
RECORDED_SETS = ["speech_es", "speech_es_tts", "speech_en", "diarization/clips"]


@dataclass
class Tally:
    """Errors and start times of one test set."""

    words: int = 0
    errors: int = 0
    lines: int = 0
    exact: int = 0
    start_errors: list = field(default_factory=list)

    def add_text(self, expected, heard):
        expected, heard = words_of(expected), words_of(heard)
        errors = edit_distance(expected, heard)
        self.words += len(expected)
        self.errors += errors
        return errors

    def figures(self):
        result = {"words": self.words, "word_error_rate": round(self.errors / self.words, 4), "lines": self.lines, "exact_lines": self.exact}
        if self.start_errors:
            result |= {"start_error_mean_s": round(float(np.mean(self.start_errors)), 3), "start_error_max_s": round(max(self.start_errors), 2)}
        return result


def edit_distance(expected, heard):
    row = list(range(len(heard) + 1))
    for i, word in enumerate(expected, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            diagonal, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, diagonal + (word != other))
    return row[-1]


def transcribe(model, samples):
    """[(start, end, text)] in seconds for at most 30 s, padded to 30 s."""
    padded = np.zeros(int(WINDOW * audio.SAMPLE_RATE), np.float32)
    padded[: len(samples)] = samples[: len(padded)]
    return [(part.t0 / 100, part.t1 / 100, part.text.strip()) for part in model.transcribe(padded)]


def measure_sentences(model, variants, count, seed):
    """Held-out sentences one by one."""
    chance, espeak, grammar, tally, missed = random.Random(seed), Espeak(), CouncilGrammar(seed), Tally(), []
    while tally.lines < count:
        sentence = grammar.sentence()
        if not is_test_sentence(sentence):
            continue
        voice = f"{chance.choice(['es', 'es-419'])}+{chance.choice(variants)}"
        samples, _, _ = espeak.speak(sentence, voice, chance.randint(130, 178), chance.randint(35, 65))
        samples = audio.scale_to_peak(audio.resample(samples, espeak.sample_rate), -6)
        heard = " ".join(text for _, _, text in transcribe(model, np.pad(samples, (4800, 4800))))
        errors = tally.add_text(sentence, heard)
        tally.lines += 1
        tally.exact += errors == 0
        if errors:
            missed.append((voice, sentence, heard))
    return tally.figures() | {"missed": missed}


def measure_session(model, samples, lines):
    """A recording with known lines, cut into chunks at the pauses between them."""
    tally, missed = Tally(lines=len(lines)), []
    for chunk, chunk_lines in cut_into_chunks(samples, lines):
        segments = transcribe(model, chunk)
        expected, heard = " ".join(line["text"] for line in chunk_lines), " ".join(text for _, _, text in segments)
        if tally.add_text(expected, heard):
            missed.append((expected, heard))
        for line in chunk_lines:
            same = [start for start, _, text in segments if words_of(text) == words_of(line["text"])]
            if same:
                tally.exact += 1
                tally.start_errors.append(min(abs(start - line["start"]) for start in same))
    return tally.figures() | {"missed": missed}


def cut_into_chunks(samples, lines):
    """Chunks of whole lines, with pauses shortened; line times become relative to their chunk."""
    chunk, chunk_lines = np.zeros(0, np.float32), []
    for index, line in enumerate(lines):
        start, end = line["start_ms"] / 1000, line["end_ms"] / 1000
        before = start - (lines[index - 1]["end_ms"] / 1000 if index else 0)
        after = (lines[index + 1]["start_ms"] / 1000 if index + 1 < len(lines) else len(samples) / audio.SAMPLE_RATE) - end
        lead, tail = (min(gap / 2, LONGEST_KEPT_PAUSE / 2) for gap in (before, after))
        piece = samples[int((start - lead) * audio.SAMPLE_RATE) : int((end + tail) * audio.SAMPLE_RATE)]
        if chunk_lines and (len(chunk) + len(piece)) / audio.SAMPLE_RATE > LONGEST_CHUNK:
            yield chunk, chunk_lines
            chunk, chunk_lines = np.zeros(0, np.float32), []
        chunk_lines.append({"text": line["text"], "start": len(chunk) / audio.SAMPLE_RATE + lead})
        chunk = np.concatenate([chunk, piece])
    yield chunk, chunk_lines


def make_test_session(seed):
    """About three minutes of held-out sentences in three voices never trained on."""
    chance, grammar = random.Random(seed), CouncilGrammar(seed)
    variants = chance.sample(TEST_VARIANTS, 3)
    voices = {
        variant: {
            "voice": f"{chance.choice(['es', 'es-419'])}+{variant}",
            "rate": chance.randint(140, 165),
            "pitch": chance.randint(38, 62),
            "pitch_range": 50,
        }
        for variant in variants
    }
    script, speaker = [], variants[0]
    while len(script) < 42:
        sentence = grammar.sentence()
        if is_test_sentence(sentence):
            speaker = chance.choice(variants) if chance.random() < 0.5 else speaker
            script.append({"speaker": speaker, "text": sentence, "long_pause": chance.random() < 0.08})
    return record_session(script, voices, seed)


def count_inventions(model, clips):
    """Words that are written although there is nothing to write."""
    seconds = words = chunks = with_text = 0
    examples = []
    for samples in clips:
        for chunk in cut_at_quiet_points(samples):
            text = " ".join(part for _, _, part in transcribe(model, chunk))
            seconds += len(chunk) / audio.SAMPLE_RATE
            words += len(words_of(text))
            chunks += 1
            with_text += bool(words_of(text))
            if words_of(text):
                examples.append(text)
    figures = {"minutes": round(seconds / 60, 2), "chunks": chunks, "chunks_with_text": with_text}
    return figures | {"words": words, "words_per_minute": round(words * 60 / seconds, 1), "examples": examples[:5]}


def cut_at_quiet_points(samples):
    """Chunks of 15 to 28 s, each ending where the sound is weakest."""
    block = audio.SAMPLE_RATE // 10
    while len(samples) > LONGEST_CHUNK * audio.SAMPLE_RATE:
        candidates = samples[15 * audio.SAMPLE_RATE : int(LONGEST_CHUNK * audio.SAMPLE_RATE)]
        energy = np.square(candidates).reshape(-1, block).mean(1)
        cut = 15 * audio.SAMPLE_RATE + int(np.argmin(np.convolve(energy, np.ones(3), "same"))) * block + block // 2
        yield samples[:cut]
        samples = samples[cut:]
    if len(samples) > block:
        yield samples


def read_recordings(folder):
    for root, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if name.endswith((".wav", ".ogg", ".flac")):
                yield read_recording(os.path.join(root, name))


def read_recording(path):
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return audio.resample(samples.mean(1), rate)


def made_up_sounds(kind, count, seed):
    """Digital silence, or fresh negatives of a kind that training knows, from another seed."""
    chance, espeak, grammar = random.Random(seed), Espeak(), CouncilGrammar(seed)
    make = {
        "silence": lambda: np.zeros(chance.randint(1, 28) * audio.SAMPLE_RATE, np.float32),
        "noise": lambda: noise(chance),
        "music": lambda: music(chance),
        "babble": lambda: babble(chance, espeak, grammar),
        "foreign_espeak": lambda: foreign_speech(chance, espeak),
    }[kind]
    return [audio.scale_to_peak(make(), -6) for _ in range(count)]


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
    with open(f"{arguments.sample}/sesion-de-muestra.json", encoding="utf8") as file:
        sample_lines = json.load(file)

    figures = {}

    def report(name, result):
        figures[name] = result
        print(name, {key: value for key, value in result.items() if key not in ("missed", "examples")}, flush=True)

    report("sample", measure_session(model, read_recording(f"{arguments.sample}/sesion-de-muestra.ogg"), sample_lines))
    for seed in (1001, 1002):
        report(f"test_session_{seed}", measure_session(model, *make_test_session(seed)))
    report("training_voices", measure_sentences(model, TRAINING_VARIANTS, arguments.sentences, seed=2001))
    report("unseen_voices", measure_sentences(model, TEST_VARIANTS, arguments.sentences, seed=2002))
    for kind in ("silence", "noise", "music", "babble", "foreign_espeak"):
        report(kind, count_inventions(model, made_up_sounds(kind, 20, seed=3001)))
    for name in RECORDED_SETS if arguments.testdata else []:
        report(name, count_inventions(model, read_recordings(os.path.join(arguments.testdata, name))))
    if arguments.out:
        with open(arguments.out, "w", encoding="utf8") as file:
            json.dump(figures, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    _main()
