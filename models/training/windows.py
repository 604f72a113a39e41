"""Whisper's training windows: a mixture, then digital silence up to the end, and the tokens of the answer."""

from dataclasses import dataclass

import numpy as np
import torch

from features import MEL_FLOOR
from mixing import Mixer
from vocabulary import END, SPANISH, START, TRANSCRIBE, time_row

PROMPT = [START, SPANISH, TRANSCRIBE]
LATEST_FIRST_TIME = 1.0  # whisper.cpp never lets the first time be later
LONGEST_TEXT = 210
GUIDE_MARGIN = 0.06


@dataclass
class Batch:
    mel: torch.Tensor  # [batch, bands, frames]
    phonemes: torch.Tensor  # [batch, frames / 2]
    tokens: torch.Tensor  # [batch, text] rows of the small vocabulary
    targets: torch.Tensor  # the same, one later; -100 where nothing is asked
    allowed: torch.Tensor  # [batch, text, frames / 2] where the alignment heads should look
    is_empty: torch.Tensor  # [batch] windows whose answer is silence


class WindowComposer(Mixer):
    """Draws random windows; the same seed always gives the same ones."""

    def __init__(self, speech, negatives, vocabulary, phoneme_names, seed, augment=True):
        super().__init__(speech, negatives, phoneme_names, seed, LONGEST_TEXT, augment)
        self.vocabulary = vocabulary
        for item in speech.items:
            item["ids"], item["token_times"] = _token_times(item, vocabulary)

    def batch(self, mixture, seconds_per_batch):
        seconds = round(self.chance.uniform(mixture.shortest, mixture.longest) * 2) / 2
        return self._collate([self._window(seconds, mixture) for _ in range(max(2, int(seconds_per_batch / seconds)))])

    def _window(self, seconds, mixture):
        mixed = self.mix(seconds, mixture)
        if mixed.used < len(mixed.power) and self.chance.random() < 0.8:
            mixed.power[mixed.used :] = MEL_FLOOR  # the end of the chunk: what follows is padding
        return self._normalise(mixed.power), mixed.classes[::2], mixed.spoken, seconds

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
        for index, (start, end, item) in enumerate(spoken):
            first = min(start, LATEST_FIRST_TIME) if index == 0 else start
            answer.append(time_row(vocabulary, first))
            intervals.append((start - 0.1, start + 0.1))
            answer += [vocabulary.row_of[token] for token in item["ids"]]
            intervals += [(word[0] - GUIDE_MARGIN, word[1] + GUIDE_MARGIN) for word in item["token_times"] + start]
            answer.append(time_row(vocabulary, end))
            intervals.append((end - 0.1, end + 0.1))
        if not spoken:
            answer, intervals = [vocabulary.first_time_row], [None]
        return answer + [vocabulary.row_of[END]], intervals + [None]


def _token_times(item, vocabulary):
    """Start and end in seconds of the word to which each token belongs."""
    ids, characters = vocabulary.first_characters(item["text"])
    starts = [character for character, _ in item["words"]]
    seconds = [second for _, second in item["words"]] + [item["frames"] / 100]
    words = [max(0, int(np.searchsorted(starts, character, side="right")) - 1) for character in characters]
    return ids, np.array([(seconds[word], seconds[word + 1]) for word in words], np.float32)
