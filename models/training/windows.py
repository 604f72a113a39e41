"""Composes training windows: utterances, pauses, noise and negatives added as mel power.

A window looks like a chunk that Astra would cut: whole utterances of several voices with
pauses between them, then digital silence up to the end of the window.
"""

import json
import random
from dataclasses import dataclass

import numpy as np
import torch

from audio import FRAMES_PER_SECOND, MEL_BANDS, MEL_FLOOR
from vocabulary import END, SPANISH, START, TRANSCRIBE, time_row

PROMPT = [START, SPANISH, TRANSCRIBE]
LATEST_FIRST_TIME = 1.0  # whisper.cpp never lets the first time be later
LONGEST_TEXT = 210
GUIDE_MARGIN = 0.06
LN10 = np.float32(np.log(10))


@dataclass
class Mixture:
    """What goes into the windows of a stage."""

    shortest: float  # seconds
    longest: float
    negative_share: float = 0.0  # windows in which nothing should be written
    mixed_share: float = 0.0  # windows of speech with a negative stretch in between
    noise_share: float = 0.3
    quietest_noise: float = 60  # decibels under the speech
    loudest_noise: float = 23


@dataclass
class Batch:
    mel: torch.Tensor  # [batch, bands, frames]
    phonemes: torch.Tensor  # [batch, frames / 2]
    tokens: torch.Tensor  # [batch, text] rows of the small vocabulary
    targets: torch.Tensor  # the same, one later; -100 where nothing is asked
    allowed: torch.Tensor  # [batch, text, frames / 2] where the alignment heads should look
    is_empty: torch.Tensor  # [batch] windows whose answer is silence


class Pool:
    """Utterances on disk, with their frames mapped into memory."""

    def __init__(self, path):
        self.frames = np.load(f"{path}.npy", mmap_mode="r")
        with open(f"{path}.json", encoding="utf8") as file:
            self.items = json.load(file)

    def mel(self, item):
        return self.frames[item["offset"] : item["offset"] + item["frames"]].astype(np.float32)


class WindowComposer:
    """Draws random windows; the same seed always gives the same ones."""

    def __init__(self, speech, negatives, vocabulary, phoneme_names, seed, augment=True):
        self.speech, self.negatives, self.vocabulary, self.augment = speech, negatives, vocabulary, augment
        self.chance, self.numbers = random.Random(seed), np.random.RandomState(seed)
        self._noise_bank = [self.numbers.standard_gamma(shape, (20000, MEL_BANDS)).astype(np.float32) / shape for shape in (1, 2, 4)]
        class_of = {name: index + 1 for index, name in enumerate(phoneme_names)}
        for item in speech.items:
            item["ids"], item["token_times"] = _token_times(item, vocabulary)
            item["classes"] = _phoneme_classes(item, class_of)

    def batch(self, mixture, seconds_per_batch):
        seconds = round(self.chance.uniform(mixture.shortest, mixture.longest) * 2) / 2
        return self._collate([self._window(seconds, mixture) for _ in range(max(2, int(seconds_per_batch / seconds)))])

    def _window(self, seconds, mixture):
        frames = int(seconds * FRAMES_PER_SECOND)
        power = np.full((frames, MEL_BANDS), MEL_FLOOR, np.float32)
        classes = np.zeros(frames, np.int64)
        draw = self.chance.random()
        if draw < mixture.negative_share:
            spoken = []
            used = self._fill_with_negatives(power)
        else:
            spoken, used = self._fill_with_speech(power, classes, draw < mixture.negative_share + mixture.mixed_share)
        peak = float(np.log10(power.max()))
        if self.augment and (peak < -8 or self.chance.random() < mixture.noise_share):
            level = -self.chance.uniform(mixture.loudest_noise, mixture.quietest_noise) / 10
            power += self._noise(frames, max(peak, -2) + level)
        if used < frames and self.chance.random() < 0.8:
            power[used:] = MEL_FLOOR  # the end of the chunk: what follows is padding
        return self._normalise(power), classes[::2], spoken, seconds

    def _fill_with_speech(self, power, classes, with_negatives):
        """Returns [(start, end, ids, token times)] in seconds, and the frame where the chunk ends."""
        frames, chance = len(power), self.chance
        limit = frames if chance.random() < 0.75 else int(frames * chance.uniform(0.1, 1))
        position = int(100 * (chance.uniform(0, 0.5) if chance.random() < 0.85 else chance.uniform(0.5, 2.5)))
        loudness, spoken, text_length, misses = chance.uniform(-1.0, 0.6), [], 0, 0
        while position < limit - 50 and misses < 3:
            if with_negatives and chance.random() < 0.3:
                position += self._add_negative(power[:limit], position, int(100 * chance.uniform(1, 6)))
                position += int(100 * chance.uniform(0.3, 1.2))
                continue
            item = chance.choice(self.speech.items)
            length = item["frames"]
            if position + length > limit or text_length + len(item["ids"]) + 2 > LONGEST_TEXT:
                misses += 1
                continue
            mel = self.speech.mel(item) + np.float32(loudness + chance.uniform(-0.25, 0.25))
            if self.augment:
                mel += self._tilt()
            power[position : position + length] += np.exp(LN10 * np.minimum(mel, 6))
            classes[position : position + length] = item["classes"]
            start = position / 100
            spoken.append((start, start + length / 100, item["ids"], item["token_times"] + start))
            text_length += len(item["ids"]) + 2
            position += length + int(100 * self._pause())
        return spoken, min(frames, position)

    def _fill_with_negatives(self, power):
        frames, chance = len(power), self.chance
        if chance.random() < 0.2:  # nothing but noise or digital silence
            return chance.randint(50, frames)
        limit = frames if chance.random() < 0.6 else int(frames * chance.uniform(0.1, 1))
        position = int(100 * chance.uniform(0, 1))
        while position < limit - 100:
            position += self._add_negative(power[:limit], position, limit) + int(100 * self._pause())
        return min(frames, position)

    def _add_negative(self, power, position, longest):
        """Adds one negative item, cut to what fits; returns its length."""
        item = self.chance.choice(self.negatives.items)
        mel = self.negatives.mel(item)[: min(longest, len(power) - position)]
        mel = mel + np.float32(self.chance.uniform(-1.0, 0.6)) + self._tilt()
        power[position : position + len(mel)] += np.exp(LN10 * np.minimum(mel, 6))
        return len(mel)

    def _pause(self):
        draw = self.chance.random()
        if draw < 0.2:
            return self.chance.uniform(0.05, 0.3)
        return self.chance.uniform(0.3, 1.4) if draw < 0.9 else self.chance.uniform(1.4, 2.5)

    def _tilt(self):
        """A gentle random equaliser."""
        band = np.arange(MEL_BANDS, dtype=np.float32) / MEL_BANDS
        ripple = 0.15 * np.sin(2 * np.pi * (band * self.chance.uniform(0.3, 2) + self.chance.random()))
        return (ripple + self.chance.uniform(-0.5, 0.5) * (band - 0.5)).astype(np.float32)

    def _noise(self, frames, level):
        """Stationary noise of a random colour, as power."""
        band = np.arange(MEL_BANDS) / MEL_BANDS
        colour = self.chance.uniform(-3, 1) * band
        colour += 0.4 * np.sin(2 * np.pi * (band * self.chance.uniform(0.3, 1.5) + self.chance.random()))
        bank = self._noise_bank[self.chance.randrange(3)]
        start = self.chance.randrange(len(bank) - frames)
        return np.exp(LN10 * (level + colour - colour.max())).astype(np.float32) * bank[start : start + frames]

    def _normalise(self, power):
        """Whisper's scaling; the clipping level is sometimes higher, as in a chunk with a louder moment."""
        mel = np.log10(power)
        top = mel.max() + (self.chance.uniform(0, 0.5) if self.augment and self.chance.random() < 0.3 else 0)
        return ((np.maximum(mel, top - 8) + 4) / 4).T

    def _collate(self, windows):
        rows = self.vocabulary.row_of
        prompt = [rows[token] for token in PROMPT]
        answers = [self._answer(spoken) for _, _, spoken, _ in windows]
        frames = windows[0][0].shape[1] // 2
        length = len(prompt) + max(len(answer) for answer, _ in answers) - 1
        tokens = torch.full((len(windows), length), rows[END])
        targets = torch.full((len(windows), length), -100)
        allowed = torch.zeros(len(windows), length, frames, dtype=torch.bool)
        for index, (answer, intervals) in enumerate(answers):
            sequence = torch.tensor(prompt + answer)
            first = len(prompt) - 1
            last = len(sequence) - 1
            tokens[index, :last] = sequence[:-1]
            targets[index, first:last] = sequence[1 + first :]
            for step, interval in enumerate(intervals):
                if interval is not None:
                    start, end = (int(50 * max(0, second)) for second in interval)
                    allowed[index, first + step, start : end + 1] = True
        return Batch(
            mel=torch.from_numpy(np.stack([window[0] for window in windows])),
            phonemes=torch.from_numpy(np.stack([window[1] for window in windows])),
            tokens=tokens,
            targets=targets,
            allowed=allowed,
            is_empty=torch.tensor([not spoken for _, _, spoken, _ in windows]),
        )

    def _answer(self, spoken):
        """Rows of the answer, and for each the interval in which it is heard (None for none)."""
        vocabulary = self.vocabulary
        answer, intervals = [], []
        for index, (start, end, ids, times) in enumerate(spoken):
            first = min(start, LATEST_FIRST_TIME) if index == 0 else start
            answer.append(time_row(vocabulary, first))
            intervals.append((start - 0.1, start + 0.1))
            answer += [vocabulary.row_of[token] for token in ids]
            intervals += [(word[0] - GUIDE_MARGIN, word[1] + GUIDE_MARGIN) for word in times]
            answer.append(time_row(vocabulary, end))
            intervals.append((end - 0.1, end + 0.1))
        if not spoken:
            answer, intervals = [vocabulary.first_time_row], [None]
        return answer + [vocabulary.row_of[END]], intervals + [None]


def phoneme_inventory(pool):
    """All phoneme names of a pool but the pauses, which count as silence."""
    return sorted({name for item in pool.items for name, _ in item["phonemes"] if not _is_pause(name)})


def _is_pause(name):
    return name == "" or name.startswith("_")


def _token_times(item, vocabulary):
    """Start and end in seconds of the word to which each token belongs."""
    ids, characters = vocabulary.first_characters(item["text"])
    starts = [character for character, _ in item["words"]]
    seconds = [second for _, second in item["words"]] + [item["frames"] / 100]
    words = [max(0, int(np.searchsorted(starts, character, side="right")) - 1) for character in characters]
    return ids, np.array([(seconds[word], seconds[word + 1]) for word in words], np.float32)


def _phoneme_classes(item, class_of):
    """Class of every 10-ms frame; 0 is silence."""
    classes = np.zeros(item["frames"], np.int16)
    ends = [second for _, second in item["phonemes"][1:]] + [item["frames"] / 100]
    for (name, start), end in zip(item["phonemes"], ends):
        classes[round(start * 100) : round(end * 100)] = 0 if _is_pause(name) else class_of.get(name, 0)
    return classes
