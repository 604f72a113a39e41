"""What the networks see of sound: logarithms of mel power, as whisper.cpp and as NeMo's Parakeet compute it.

Both give one row per 10 ms, as log10 and before any levelling: utterances are mixed in this form.
"""

import numpy as np

import audio

MEL_FLOOR = 1e-10

PARAKEET_BANDS = 128
_PREEMPHASIS = 0.97
_PARAKEET_WINDOW, _PARAKEET_TRANSFORM = 400, 512


def whisper_filters(whisper_assets):
    """Mel filter bank that OpenAI's package carries (MIT licence)."""
    return np.load(f"{whisper_assets}/mel_filters.npz")["mel_80"].astype(np.float32)


def whisper_features(whisper_assets):
    """Whisper's 80 bands, before its clipping and scaling."""
    filters = whisper_filters(whisper_assets)
    window = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(400) / 400)).astype(np.float32)

    def log_mel(samples):
        padded = np.pad(np.pad(samples, (200, 200), mode="reflect"), (0, 400))
        return _log_power(padded, len(samples) // 160, window, 400, filters)

    return log_mel


def parakeet_features():
    """NeMo's 128 bands, before its floor (see `mixing.py`) and its levelling over the chunk."""
    filters = _slaney_filters(PARAKEET_BANDS, _PARAKEET_TRANSFORM // 2 + 1)
    window = np.hanning(_PARAKEET_WINDOW).astype(np.float32)

    def log_mel(samples):
        emphasised = np.append(samples[:1], samples[1:] - np.float32(_PREEMPHASIS) * samples[:-1])
        padded = np.pad(emphasised, (200, 600))
        return _log_power(padded, len(samples) // 160, window, _PARAKEET_TRANSFORM, filters)

    return log_mel


def _log_power(padded, frame_count, window, transform, filters):
    frames = np.lib.stride_tricks.sliding_window_view(padded, len(window))[::160][:frame_count] * window
    power = np.abs(np.fft.rfft(frames, n=transform, axis=1)).astype(np.float32) ** 2
    return np.log10(np.maximum(power @ filters.T, MEL_FLOOR))


def _slaney_filters(bands, frequencies):
    """Triangles on the scale of Slaney's Auditory Toolbox (1998), each with the area 1."""
    top = _mel(audio.SAMPLE_RATE / 2)
    corners = _hertz(np.linspace(0, top, bands + 2))
    frequency = np.linspace(0, audio.SAMPLE_RATE / 2, frequencies)
    low, middle, high = (corners[start : start + bands, None] for start in range(3))
    triangles = np.minimum((frequency - low) / (middle - low), (high - frequency) / (high - middle))
    return (np.maximum(triangles, 0) * 2 / (high - low)).astype(np.float32)


def _mel(hertz):
    return np.where(hertz < 1000, hertz * 3 / 200, 15 + np.log(np.maximum(hertz, 1) / 1000) * 27 / np.log(6.4))


def _hertz(mel):
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp((mel - 15) * np.log(6.4) / 27))
