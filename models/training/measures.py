"""What is measured of a model, whichever engine it is for.

A model is given as `transcribe`: samples of at most 30 s in, [(start, end, text)] in seconds out.

Astra cuts a recording at pauses into chunks of at most 28 s and carries no text from one to the
next. Word error rates are on lower-case words without punctuation. The recordings of people and of
neural voices have no right answer but silence: every word there counts as invented.
"""

import json
import os
import random
from dataclasses import dataclass, field

import numpy as np
import soundfile

import audio
from espeak import Espeak
from grammar import CouncilGrammar, words_of
from heldout import TEST_VARIANTS, is_test_sentence
from make_sample import record_session
from negatives import babble, foreign_speech, music, noise
from synthesis import TRAINING_VARIANTS

LONGEST_CHUNK = 28.0
LONGEST_KEPT_PAUSE = 2.0
MARGIN = 4800  # samples of silence around a sentence
RECORDED_SETS = ["speech_es", "speech_es_tts", "speech_en", "diarization/clips"]


def measure_all(transcribe, sample, testdata=None, sentences=100):
    """All figures of a card by name, printed as they come; `sample` is the folder of the sample session."""
    with open(f"{sample}/sesion-de-muestra.json", encoding="utf8") as file:
        sample_lines = json.load(file)

    figures = {}

    def report(name, result):
        figures[name] = result
        print(name, {key: value for key, value in result.items() if key not in ("missed", "examples")}, flush=True)

    report("sample", measure_session(transcribe, read_recording(f"{sample}/sesion-de-muestra.ogg"), sample_lines))
    for seed in (1001, 1002):
        report(f"test_session_{seed}", measure_session(transcribe, *make_test_session(seed)))
    report("training_voices", measure_sentences(transcribe, TRAINING_VARIANTS, sentences, seed=2001))
    report("unseen_voices", measure_sentences(transcribe, TEST_VARIANTS, sentences, seed=2002))
    for kind in ("silence", "noise", "music", "babble", "foreign_espeak"):
        report(kind, count_inventions(transcribe, made_up_sounds(kind, 20, seed=3001)))
    for name in RECORDED_SETS if testdata else []:
        report(name, count_inventions(transcribe, read_recordings(os.path.join(testdata, name))))
    return figures


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


def speak_test_sentences(variants, count, seed):
    """(voice, sentence, samples, [(character, second)] of its words) of held-out sentences."""
    chance, espeak, grammar = random.Random(seed), Espeak(), CouncilGrammar(seed)
    while count > 0:
        sentence = grammar.sentence()
        if not is_test_sentence(sentence):
            continue
        voice = f"{chance.choice(['es', 'es-419'])}+{chance.choice(variants)}"
        samples, words, _ = espeak.speak(sentence, voice, chance.randint(130, 178), chance.randint(35, 65))
        samples = audio.scale_to_peak(audio.resample(samples, espeak.sample_rate), -6)
        starts = [(character, sample / espeak.sample_rate + MARGIN / audio.SAMPLE_RATE) for character, sample in words]
        yield voice, sentence, np.pad(samples, (MARGIN, MARGIN)), starts
        count -= 1


def measure_sentences(transcribe, variants, count, seed):
    """Held-out sentences one by one."""
    tally, missed = Tally(), []
    for voice, sentence, samples, _ in speak_test_sentences(variants, count, seed):
        heard = " ".join(text for _, _, text in transcribe(samples))
        errors = tally.add_text(sentence, heard)
        tally.lines += 1
        tally.exact += errors == 0
        if errors:
            missed.append((voice, sentence, heard))
    return tally.figures() | {"missed": missed}


def measure_session(transcribe, samples, lines):
    """A recording with known lines, cut into chunks at the pauses between them."""
    tally, missed = Tally(lines=len(lines)), []
    for chunk, chunk_lines in cut_into_chunks(samples, lines):
        segments = transcribe(chunk)
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


def count_inventions(transcribe, clips):
    """Words that are written although there is nothing to write."""
    seconds = words = chunks = with_text = 0
    examples = []
    for samples in clips:
        for chunk in cut_at_quiet_points(samples):
            text = " ".join(part for _, _, part in transcribe(chunk))
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
