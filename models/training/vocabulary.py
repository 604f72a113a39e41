"""Whisper's multilingual tokens, and the small part of them that this model uses."""

import base64

import tiktoken

END, START, SPANISH, TRANSCRIBE = 50257, 50258, 50262, 50359
NO_SPEECH, NO_TIMESTAMPS, FIRST_TIME = 50362, 50363, 50364
TIME_COUNT = 1501
SECONDS_PER_TIME = 0.02

_PATTERN = r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"""


def load_token_bytes(whisper_assets):
    """All text tokens in order, as bytes."""
    with open(f"{whisper_assets}/multilingual.tiktoken") as file:
        return [base64.b64decode(line.split()[0]) for line in file if line.strip()]


class Vocabulary:
    """Turns text into Whisper ids, and Whisper ids into rows of the small embedding."""

    def __init__(self, whisper_assets, texts):
        token_bytes = load_token_bytes(whisper_assets)
        self._encoding = tiktoken.Encoding(
            "whisper", pat_str=_PATTERN, mergeable_ranks={token: rank for rank, token in enumerate(token_bytes)}, special_tokens={}
        )
        used = sorted({token for text in texts for token in self.encode(text)})
        special = [END, START, SPANISH, TRANSCRIBE, NO_SPEECH, NO_TIMESTAMPS]
        self.ids = used + special + list(range(FIRST_TIME, FIRST_TIME + TIME_COUNT))
        self.row_of = {token: row for row, token in enumerate(self.ids)}
        self.text_rows = len(used)
        self.first_time_row = self.row_of[FIRST_TIME]

    def encode(self, text):
        return self._encoding.encode_ordinary(" " + text)

    def first_characters(self, text):
        """Ids of `text` with the position in it of the first character of each."""
        ids, seen, characters = self.encode(text), b"", []
        for token in ids:
            characters.append(len(seen.decode("utf8", "ignore")))
            seen += self._encoding.decode_single_token_bytes(token)
        # Whisper's text starts with a space that `text` does not have; a token that starts with
        # a space belongs to the word after it.
        return ids, [
            character if self._encoding.decode_single_token_bytes(token).startswith(b" ") else character - 1
            for token, character in zip(ids, characters)
        ]


def time_row(vocabulary, seconds):
    return vocabulary.first_time_row + min(TIME_COUNT - 1, max(0, round(seconds / SECONDS_PER_TIME)))
