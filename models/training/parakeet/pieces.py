"""The pieces of words that the model writes, and when each of them is spoken."""

import io

import numpy as np
import sentencepiece

from mixing import is_pause

COUNT = 384

# A piece lasts about as long as the four frames that one step of the decoder can skip.
LONGEST = 5

SPACE = "▁"


class Pieces:
    """Byte-pair pieces as sentencepiece finds them; the blank comes after the last."""

    def __init__(self, learned):
        self.learned = learned
        self._processor = sentencepiece.SentencePieceProcessor(model_proto=learned)
        self.texts = [self._processor.id_to_piece(number) for number in range(self._processor.get_piece_size())]
        self.blank = len(self.texts)

    @classmethod
    def learn(cls, texts):
        learned = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts), model_writer=learned, model_type="bpe", vocab_size=COUNT, max_sentencepiece_length=LONGEST,
            character_coverage=1.0, normalization_rule_name="identity", bos_id=-1, eos_id=-1, minloglevel=2,
        )
        return cls(learned.getvalue())

    def spoken(self, item):
        """Numbers of the pieces of an utterance, and start and end of each in seconds.

        Letters share the time of what espeak-ng calls a word evenly; a mark takes no time.
        """
        numbers = self._processor.encode(item["text"])
        texts = [self.texts[number] for number in numbers]
        events = _events(item)
        times, place = [], -1  # the space before the first word is not in the text
        for text in texts:
            letters = [place + offset for offset, letter in enumerate(text) if letter.isalnum()]
            place += len(text)
            if letters:
                times.append((_time(events, letters[0]), _time(events, letters[-1] + 1, at_end=True)))
            else:
                times.append(None)
        return numbers, _with_marks(texts, times)


def _events(item):
    """(first letter, letter after the last, start, end) of each word that espeak-ng announced."""
    text, duration = item["text"], item["frames"] / 100
    pauses = [start for name, start in item["phonemes"] if is_pause(name)] + [duration]
    starts = item["words"] + [(len(text), duration)]
    events = []
    for (first, start), (next_first, next_start) in zip(starts, starts[1:]):
        last = next_first
        while last > first + 1 and not text[last - 1].isalnum():
            last -= 1
        end = min([next_start] + [pause for pause in pauses if pause > start + 0.05])
        events.append((first, last, start, end))
    return events


def _time(events, place, at_end=False):
    """When the letter at `place` begins, or with `at_end` the one before it ends."""
    letter = place - 1 if at_end else place
    index = max(0, int(np.searchsorted([event[0] for event in events], letter, side="right")) - 1)
    first, last, start, end = events[index]
    return start + (end - start) * min(1.0, max(0.0, (place - first) / (last - first)))


def _with_marks(texts, times):
    """Marks that close take the end of what is before them, those that open the start of what follows."""
    whole = list(times)
    for index in reversed(range(len(times))):
        if whole[index] is None and (index == 0 or texts[index].strip(SPACE) in {"¿", "¡", ""}):
            start = whole[index + 1][0] if index + 1 < len(whole) and whole[index + 1] else 0.0
            whole[index] = (start, start)
    for index in range(len(times)):
        if whole[index] is None:
            whole[index] = (whole[index - 1][1], whole[index - 1][1])
    return np.array(whole, np.float32)
