"""Speaks grammar sentences with espeak-ng and stores their log-mel frames, words and phonemes.

    python synthesis.py --sentences 14000 --seed 1 --whisper-assets whisper/assets --out data/speech

Without the assets of Whisper the frames are Parakeet's.
"""

import argparse
import json
import multiprocessing
import random

import numpy as np

import audio
from espeak import Espeak
from features import parakeet_features, whisper_features
from grammar import CouncilGrammar, all_words
from heldout import HELD_OUT_VARIANTS, TEST_VARIANTS, is_held_out, is_test_sentence

LANGUAGES = ["es", "es-419", "es-419"]
VARIANTS = (
    "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 Alex Alicia Andrea Andy Annie Denis Diogo Gene Henrique Hugo Jacky Lee "
    "Marco Mario Michael Mike adam antonio benjamin boris caleb david ed edward gustave iven john linda marcelo max "
    "michel miguel norbert pablo paul pedro quincy rob robert sandro shelby steph travis victor zac"
).split()
TRAINING_VARIANTS = [variant for variant in VARIANTS if variant not in HELD_OUT_VARIANTS]


def speak_sentence(espeak, sentence, variant, chance, log_mel):
    """One utterance: log-mel frames, word starts and phoneme starts in seconds, or None if it is mute."""
    voice = f"{chance.choice(LANGUAGES)}+{variant}"
    samples, words, phonemes = espeak.speak(
        sentence, voice, chance.randint(128, 180), chance.randint(33, 67), chance.randint(35, 65)
    )
    samples = audio.resample(samples, espeak.sample_rate)
    bounds = audio.speech_bounds(samples)
    if bounds is None:
        return None
    first, last = bounds
    duration = (last - first) / audio.SAMPLE_RATE

    def seconds(sample):
        return round(float(np.clip(sample / espeak.sample_rate - first / audio.SAMPLE_RATE, 0, duration)), 3)

    samples = audio.damage(audio.scale_to_peak(samples[first:last], chance.uniform(-14, -1)), chance)
    return {
        "text": sentence,
        "voice": voice,
        "words": [(character, seconds(sample)) for character, sample in words],
        "phonemes": [(name, seconds(sample)) for name, sample in phonemes],
        "mel": log_mel(samples).astype(np.float16),
    }


def store(utterances, out):
    """`out`.npy holds all frames one after the other, `out`.json says which are whose."""
    offset = 0
    rows = []
    for utterance in utterances:
        frames = len(utterance["mel"])
        rows.append({key: value for key, value in utterance.items() if key != "mel"} | {"offset": offset, "frames": frames})
        offset += frames
    np.save(f"{out}.npy", np.concatenate([utterance["mel"] for utterance in utterances]))
    with open(f"{out}.json", "w", encoding="utf8") as file:
        json.dump(rows, file, ensure_ascii=False)
    print(f"{out}: {len(rows)} items, {offset / 360000:.2f} h")


def features_for(whisper_assets):
    return whisper_features(whisper_assets) if whisper_assets else parakeet_features()


def _speak_share(task):
    sentences, seed, variants, assets = task
    chance = random.Random(seed)
    espeak, log_mel = Espeak(), features_for(assets)
    spoken = (speak_sentence(espeak, sentence, chance.choice(variants), chance, log_mel) for sentence in sentences)
    return [utterance for utterance in spoken if utterance is not None]


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sentences", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--whisper-assets", help="folder with mel_filters.npz; without it, Parakeet's features are made")
    parser.add_argument("--out", required=True)
    parser.add_argument("--test", action="store_true", help="held-out sentences instead of training ones")
    parser.add_argument("--scrambled", action="store_true", help="the words of the grammar in no order")
    arguments = parser.parse_args()

    words = all_words() if arguments.scrambled else []
    wanted = is_test_sentence if arguments.test else (lambda sentence: not is_held_out(sentence))
    grammar = CouncilGrammar(arguments.seed)
    sentences = []
    while len(sentences) < arguments.sentences:
        sentence = grammar.scrambled(words) if arguments.scrambled else grammar.sentence()
        if wanted(sentence):
            sentences.append(sentence)
    variants = TEST_VARIANTS if arguments.test else TRAINING_VARIANTS
    size = 500
    tasks = [
        (sentences[start : start + size], arguments.seed * 1000 + start, variants, arguments.whisper_assets)
        for start in range(0, len(sentences), size)
    ]
    with multiprocessing.Pool(2) as workers:
        store([utterance for share in workers.map(_speak_share, tasks, chunksize=1) for utterance in share], arguments.out)


if __name__ == "__main__":
    _main()
