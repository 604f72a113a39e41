"""Chunks to learn from: mixtures as Parakeet sees them, with the right answer at every place of the decoding."""

from dataclasses import dataclass

import numpy as np
import torch

from mixing import Mixer
from model import PHONEMES_PER_FRAME
from paths import answers, frames_of

LONGEST_TEXT = 260
FLOOR = np.float32(2**-24)
LEAST_DEVIATION = 1e-5
SUBSAMPLING = 8


@dataclass
class Batch:
    signal: torch.Tensor  # [batch, bands, frames], silent behind the end
    lengths: torch.Tensor  # [batch]
    phonemes: torch.Tensor  # [batch, encoded frames, PHONEMES_PER_FRAME]; -100 behind the end
    written: torch.Tensor  # [batch, pieces + 1] the blank, then what is said
    places: torch.Tensor  # [places, 3] chunk, encoded frame, pieces written
    answers: torch.Tensor  # [places, 2] piece or blank, frames to skip


class ChunkComposer(Mixer):
    """Draws random chunks; the same seed always gives the same ones."""

    def __init__(self, speech, negatives, pieces, phoneme_names, seed):
        super().__init__(speech, negatives, phoneme_names, seed, LONGEST_TEXT)
        self.blank = pieces.blank
        for item in speech.items:
            item["ids"], item["piece_times"] = pieces.spoken(item)

    def batch(self, mixture, seconds_per_batch):
        seconds = round(self.chance.uniform(mixture.shortest, mixture.longest) * 2) / 2
        return self._collate([self._chunk(seconds, mixture) for _ in range(max(2, int(seconds_per_batch / seconds)))])

    def _chunk(self, seconds, mixture):
        """Features, phonemes, pieces and places of one chunk."""
        mixed = self.mix(seconds, mixture)
        if self.chance.random() < 0.9:
            length = max(mixed.used, 50)
            mixed.power, mixed.classes = mixed.power[:length], mixed.classes[:length]
        frame_count = -(-len(mixed.power) // SUBSAMPLING)
        pieces = np.array([number for _, _, item in mixed.spoken for number in item["ids"]], np.int64)
        times = np.concatenate([np.zeros((0, 2), np.float32)] + [item["piece_times"] + start for start, _, item in mixed.spoken])
        first, after = frames_of(times, frame_count)
        rows = answers(pieces, first, after, frame_count, self.blank, self.numbers)
        return levelled(mixed.power), mixed.classes, pieces, rows

    def _collate(self, chunks):
        lengths = [len(signal) for signal, _, _, _ in chunks]
        encoded = -(-max(lengths) // SUBSAMPLING)
        signal = np.zeros((len(chunks), max(lengths), chunks[0][0].shape[1]), np.float32)
        phonemes = np.full((len(chunks), encoded * SUBSAMPLING), -100, np.int64)
        written = np.full((len(chunks), 1 + max(len(pieces) for _, _, pieces, _ in chunks)), self.blank, np.int64)
        places = []
        for index, (features, classes, pieces, rows) in enumerate(chunks):
            signal[index, : len(features)] = features
            phonemes[index, : len(classes)] = classes
            written[index, 1 : 1 + len(pieces)] = pieces
            places.append(np.concatenate([np.full((len(rows), 1), index), rows], 1))
        places = torch.from_numpy(np.concatenate(places))
        return Batch(
            signal=torch.from_numpy(signal).transpose(1, 2),
            lengths=torch.tensor(lengths),
            phonemes=torch.from_numpy(phonemes[:, :: SUBSAMPLING // PHONEMES_PER_FRAME].reshape(len(chunks), encoded, -1)),
            written=torch.from_numpy(written),
            places=places[:, :3],
            answers=places[:, 3:],
        )


def levelled(power):
    """NeMo's features of mel power [frames, bands]: logarithms, each band with mean 0 and deviation 1."""
    logarithms = np.log(power + FLOOR)
    spread = logarithms.std(0, ddof=1, keepdims=True) + LEAST_DEVIATION
    return (logarithms - logarithms.mean(0, keepdims=True)) / spread
