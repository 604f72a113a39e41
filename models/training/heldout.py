"""What training must never see: the voices and sentences kept for the sample and for the tests."""

import hashlib

from grammar import words_of
from make_sample import SCRIPT, VOICES as SAMPLE_VOICES

TEST_VARIANTS = ["f4", "m6", "Mario", "Andrea", "m3", "pedro", "marcelo", "belinda"]
HELD_OUT_VARIANTS = {voice["voice"].split("+")[1] for voice in SAMPLE_VOICES.values()} | set(TEST_VARIANTS)

# Shorter ones are formulas («Presente, señor presidente.») that every session repeats.
SHORTEST_HELD_OUT = 5

_SAMPLE_SENTENCES = {line["text"] for line in SCRIPT}


def is_held_out(sentence):
    """True for every longer sentence of the sample and for one in twelve of all longer sentences."""
    if len(words_of(sentence)) < SHORTEST_HELD_OUT:
        return False
    return sentence in _SAMPLE_SENTENCES or is_test_sentence(sentence)


def is_test_sentence(sentence):
    long_enough = len(words_of(sentence)) >= SHORTEST_HELD_OUT
    return long_enough and hashlib.sha256(sentence.encode()).digest()[0] % 12 == 0
