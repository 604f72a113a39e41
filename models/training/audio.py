"""Waveforms: their rate, their bounds, and the damage that rooms and lines do."""

import numpy as np
from scipy.signal import butter, fftconvolve, lfilter, resample_poly

SAMPLE_RATE = 16000
FRAMES_PER_SECOND = 100


def resample(samples, source_rate):
    """To 16 kHz."""
    divisor = np.gcd(source_rate, SAMPLE_RATE)
    return resample_poly(samples, SAMPLE_RATE // divisor, source_rate // divisor).astype(np.float32)


def speech_bounds(samples, threshold=1e-6):
    """First and last sample with audible energy, ten milliseconds of margin; None when there is none."""
    energy = np.convolve(samples * samples, np.ones(320) / 320, "same")
    audible = np.flatnonzero(energy > threshold)
    if len(audible) < 800:
        return None
    return max(0, audible[0] - 160), min(len(samples), audible[-1] + 160)


def scale_to_peak(samples, decibels):
    return (samples / (np.abs(samples).max() + 1e-6) * 10 ** (decibels / 20)).astype(np.float32)


def damage(samples, random):
    """Sometimes adds a light room, a spectral tilt or a narrow line; `random` is a random.Random."""
    if random.random() < 0.3:
        samples = _add_room(samples, random)
    if random.random() < 0.3:
        samples = lfilter([1, -random.uniform(-0.5, 0.5)], [1], samples)
    if random.random() < 0.15:
        samples = lfilter(*butter(3, random.uniform(3200, 7000) / 8000), samples)
    return samples.astype(np.float32)


def _add_room(samples, random):
    length = int(SAMPLE_RATE * random.uniform(0.08, 0.35))
    noise = np.random.RandomState(random.randint(0, 1 << 30)).randn(length)
    response = noise * np.exp(-6.9 * np.arange(length) / length) * random.uniform(0.02, 0.12)
    response[0] = 1
    return fftconvolve(samples, response)[: len(samples)]
