"""Mixes stretches of sound as mel power: utterances, pauses, noise and negatives.

A mixture looks like a chunk that Astra would cut: whole utterances of several voices with
pauses between them.
"""

import json
import random
from dataclasses import dataclass

import numpy as np

from audio import FRAMES_PER_SECOND
from features import MEL_FLOOR

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
class Mixed:
    """A stretch of sound and what is said in it."""

    power: np.ndarray  # [frames, bands]
    classes: np.ndarray  # [frames] phonemes; 0 is silence
    spoken: list  # (start, end, item of the pool) in seconds
    used: int  # the frame where the chunk ends


class Pool:
    """Utterances on disk, with their frames mapped into memory."""

    def __init__(self, *paths):
        self.files = [np.load(f"{path}.npy", mmap_mode="r") for path in paths]
        self.bands = self.files[0].shape[1]
        self.items = []
        for index, path in enumerate(paths):
            with open(f"{path}.json", encoding="utf8") as file:
                self.items += [item | {"file": index} for item in json.load(file)]

    def mel(self, item):
        return self.files[item["file"]][item["offset"] : item["offset"] + item["frames"]].astype(np.float32)


class Mixer:
    """Draws random mixtures; the same seed always gives the same ones."""

    def __init__(self, speech, negatives, phoneme_names, seed, longest_text, augment=True):
        """`longest_text`: how many tokens a mixture may have; every item has its own in `ids`."""
        self.speech, self.negatives, self.longest_text, self.augment = speech, negatives, longest_text, augment
        self.bands = speech.bands
        self.chance, self.numbers = random.Random(seed), np.random.RandomState(seed)
        self._noise_bank = [self.numbers.standard_gamma(shape, (20000, self.bands)).astype(np.float32) / shape for shape in (1, 2, 4)]
        class_of = {name: index + 1 for index, name in enumerate(phoneme_names)}
        for item in speech.items:
            item["classes"] = _phoneme_classes(item, class_of)

    def mix(self, seconds, mixture):
        frames = int(seconds * FRAMES_PER_SECOND)
        power = np.full((frames, self.bands), MEL_FLOOR, np.float32)
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
        return Mixed(power, classes, spoken, used)

    def _fill_with_speech(self, power, classes, with_negatives):
        """Returns what is spoken, and the frame where the chunk ends."""
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
            if position + length > limit or text_length + len(item["ids"]) + 2 > self.longest_text:
                misses += 1
                continue
            mel = self.speech.mel(item) + np.float32(loudness + chance.uniform(-0.25, 0.25))
            if self.augment:
                mel += self._tilt()
            power[position : position + length] += np.exp(LN10 * np.minimum(mel, 6))
            classes[position : position + length] = item["classes"]
            start = position / 100
            spoken.append((start, start + length / 100, item))
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
        band = np.arange(self.bands, dtype=np.float32) / self.bands
        ripple = 0.15 * np.sin(2 * np.pi * (band * self.chance.uniform(0.3, 2) + self.chance.random()))
        return (ripple + self.chance.uniform(-0.5, 0.5) * (band - 0.5)).astype(np.float32)

    def _noise(self, frames, level):
        """Stationary noise of a random colour, as power."""
        band = np.arange(self.bands) / self.bands
        colour = self.chance.uniform(-3, 1) * band
        colour += 0.4 * np.sin(2 * np.pi * (band * self.chance.uniform(0.3, 1.5) + self.chance.random()))
        bank = self._noise_bank[self.chance.randrange(3)]
        start = self.chance.randrange(len(bank) - frames)
        return np.exp(LN10 * (level + colour - colour.max())).astype(np.float32) * bank[start : start + frames]


def phoneme_inventory(pool):
    """All phoneme names of a pool but the pauses, which count as silence."""
    return sorted({name for item in pool.items for name, _ in item["phonemes"] if not is_pause(name)})


def is_pause(name):
    return name == "" or name.startswith("_")


def _phoneme_classes(item, class_of):
    """Class of every 10-ms frame; 0 is silence."""
    classes = np.zeros(item["frames"], np.int16)
    ends = [second for _, second in item["phonemes"][1:]] + [item["frames"] / 100]
    for (name, start), end in zip(item["phonemes"], ends):
        classes[round(start * 100) : round(end * 100)] = 0 if is_pause(name) else class_of.get(name, 0)
    return classes
