"""Sounds to which the model must answer nothing: other voices, other languages, babble, music and noise.

    python negatives.py --items 2400 --seed 3 --whisper-assets whisper/assets --out data/negatives

No human recording is used. The nearest thing to human speech are the diphone and
statistical voices of festival and flite, which were cut from people; reading the very
council sentences, they teach that words alone are no reason to write.
"""

import argparse
import multiprocessing
import random
import subprocess
import tempfile
import wave

import numpy as np
from scipy.signal import lfilter, resample_poly

import audio
from espeak import Espeak
from grammar import CouncilGrammar
from heldout import is_held_out
from synthesis import TRAINING_VARIANTS, features_for, store

FESTIVAL_VOICES = (
    "upc_ca_ona_hts czech_dita czech_ph czech_machac suo_fi_lj_diphone hy_fi_mv_diphone lp_diphone pc_diphone "
    "msu_ru_nsh_clunits cmu_us_slt_arctic_hts ked_diphone kal_diphone"
).split()
FLITE_VOICES = "kal kal16 awb rms slt".split()
ESPEAK_LANGUAGES = {
    "en-us": "the meeting council people water year house minister because morning street we have to decide about money with great care",
    "en-gb-x-rp": "ladies and gentlemen thank you very much for coming here tonight this report was never sent by anyone before the summer",
    "fr": "mesdames et messieurs la séance est ouverte nous avons reçu le rapport de la mairie pour cette année avec beaucoup de retard",
    "de": "meine damen und herren wir haben heute über den haushalt der stadt gesprochen und niemand weiß warum das wasser fehlt",
    "it": "buongiorno a tutti la seduta del consiglio comunale comincia adesso con la lettura del verbale e poi parliamo della strada",
    "pt-br": "bom dia a todos vamos começar a sessão da câmara municipal com a leitura da ata e depois falamos sobre a água do bairro",
    "ca": "bon dia a tothom comencem la sessió del ple municipal amb la lectura de l'acta i després parlem del carrer i de l'aigua",
    "ru": "добрый день мы начинаем заседание городского совета сегодня обсудим вопрос о воде и дорогах в нашем районе",
    "nl": "goedemorgen allemaal vandaag praten wij over het water en de weg in ons dorp want niemand heeft een antwoord gegeven",
    "pl": "dzień dobry państwu zaczynamy dzisiaj posiedzenie rady miasta i rozmawiamy o wodzie oraz o drodze w naszej gminie",
    "sv": "god morgon alla vi börjar mötet med att läsa protokollet och sedan talar vi om vattnet och vägen i vår kommun",
    "tr": "günaydın herkese bugün belediye meclisinde su ve yol hakkında konuşacağız çünkü köyde hiç kimse cevap vermedi",
}
GENERAL_SPANISH = (
    "ayer el perro cruzó lentamente aquella montaña azul mientras llovía sobre nosotros ella cantaba canciones viejas un barco "
    "viajó hacia islas lejanas buscando tesoros brillantes los científicos descubrieron estrellas nuevas durante invierno "
    "mi abuela cocina arroz con pollo cada domingo después jugamos fútbol cerca del lago ninguno quiso dormir temprano "
    "las ballenas respiran aire aunque vivan bajo olas enormes él compró zapatos rojos baratos y una guitarra eléctrica"
).split()


def foreign_speech(chance, espeak):
    language = chance.choice(list(ESPEAK_LANGUAGES))
    words = ESPEAK_LANGUAGES[language].split()
    start = chance.randrange(len(words))
    phrase = " ".join((words + words)[start : start + chance.randint(5, 16)])
    voice = f"{language}+{chance.choice(TRAINING_VARIANTS)}"
    return audio.resample(espeak.speak(phrase, voice, chance.randint(130, 185), chance.randint(35, 65))[0], espeak.sample_rate)


def festival_speech(chance, grammar):
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="latin-1", errors="replace") as text, _temporary_wave() as sound:
        text.write(_text_for_other_voices(chance, grammar))
        text.flush()
        command = ["text2wave", "-eval", f"(voice_{chance.choice(FESTIVAL_VOICES)})", "-F", "16000", "-o", sound.name, text.name]
        subprocess.run(command, check=False, timeout=60, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return _change_speed(_read_wave(sound.name), chance)


def flite_speech(chance, grammar):
    with _temporary_wave() as sound:
        text = _text_for_other_voices(chance, grammar)
        subprocess.run(["flite", "-voice", chance.choice(FLITE_VOICES), "-t", text, "-o", sound.name], check=False, timeout=60)
        return _change_speed(_read_wave(sound.name), chance)


def babble(chance, espeak, grammar):
    """Four to nine people at once."""
    length = int(chance.uniform(6, 14) * audio.SAMPLE_RATE)
    mixture = np.zeros(length, np.float32)
    for _ in range(chance.randint(4, 9)):
        voice = f"{chance.choice(['es', 'es-419'])}+{chance.choice(TRAINING_VARIANTS)}"
        spoken = [espeak.speak(grammar.sentence(), voice, chance.randint(130, 180), chance.randint(35, 65))[0] for _ in range(3)]
        line = audio.resample(np.concatenate(spoken), espeak.sample_rate)
        line = np.tile(line, length // len(line) + 1)
        shift = chance.randrange(len(line) - length + 1)
        mixture += line[shift : shift + length] * chance.uniform(0.5, 1)
    return mixture


def music(chance):
    """A melody over chords, each note a few decaying harmonics, sometimes with drums."""
    length = int(chance.uniform(6, 16) * audio.SAMPLE_RATE)
    track = np.zeros(length, np.float32)
    beat = chance.uniform(0.2, 0.7)
    root = chance.uniform(90, 260)
    scale = [0, 2, 4, 5, 7, 9, 11, 12]
    for index in range(int(length / audio.SAMPLE_RATE / beat)):
        start = int(index * beat * audio.SAMPLE_RATE)
        notes = [root * 2 ** ((chance.choice(scale) + 12) / 12)]
        if index % 4 == 0:
            degree = chance.choice(scale)
            notes += [root * 2 ** ((degree + step) / 12) for step in (0, 4, 7)]
        for frequency in notes:
            note = _note(frequency, beat * chance.uniform(0.8, 3), chance)[: length - start]
            track[start : start + len(note)] += note
        if chance.random() < 0.3:
            hit = np.random.RandomState(chance.randint(0, 1 << 30)).randn(1600).astype(np.float32) * np.exp(-np.arange(1600) / 250)
            track[start : start + 1600] += 0.5 * hit[: len(track[start : start + 1600])]
    return track


def noise(chance):
    """White, pink or brown noise, mains hum, clicks or a mixture."""
    length = int(chance.uniform(5, 16) * audio.SAMPLE_RATE)
    numbers = np.random.RandomState(chance.randint(0, 1 << 30))
    time = np.arange(length) / audio.SAMPLE_RATE
    track = np.zeros(length, np.float32)
    for kind in chance.sample(["white", "pink", "brown", "hum", "clicks"], chance.choice([1, 1, 2])):
        if kind == "hum":
            mains = chance.choice([50, 60])
            track += sum(np.sin(2 * np.pi * mains * harmonic * time) / harmonic for harmonic in (1, 2, 3, 5))
        elif kind == "clicks":
            track += lfilter([1], [1, -chance.uniform(0, 0.9)], 3 * (numbers.rand(length) < chance.uniform(2e-5, 4e-4)))
        else:
            pole = {"white": 0.0, "pink": 0.8, "brown": 0.99}[kind]
            coloured = lfilter([1], [1, -pole], numbers.randn(length))
            track += coloured / coloured.std() * 0.3
    swell = 1 + chance.uniform(0, 0.8) * np.sin(2 * np.pi * chance.uniform(0.05, 2) * time)
    return (track * swell).astype(np.float32)


def _text_for_other_voices(chance, grammar):
    if chance.random() < 0.5:
        return " ".join(chance.choices(GENERAL_SPANISH, k=chance.randint(6, 18)))
    if chance.random() < 0.6:
        return " ".join(grammar.sentence() for _ in range(2))
    return " ".join(chance.sample(ESPEAK_LANGUAGES[chance.choice(["en-us", "en-gb-x-rp", "it"])].split(), 12))


def _temporary_wave():
    return tempfile.NamedTemporaryFile(suffix=".wav")


def _read_wave(path):
    with wave.open(path) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(np.float32) / 32768
        return audio.resample(samples, file.getframerate())


def _change_speed(samples, chance):
    """Moves pitch and formants together, so that one voice stands for several sizes of speaker."""
    return resample_poly(samples, 20, chance.randint(17, 23)).astype(np.float32)


def _note(frequency, seconds, chance):
    time = np.arange(int(seconds * audio.SAMPLE_RATE)) / audio.SAMPLE_RATE
    brightness = chance.uniform(0.3, 0.9)
    tone = sum(brightness**harmonic * np.sin(2 * np.pi * frequency * harmonic * time) for harmonic in range(1, 7))
    return (tone * np.exp(-time * chance.uniform(1, 6)) * np.minimum(1, time * 80)).astype(np.float32)


KINDS = {
    "foreign": (0.28, lambda chance, espeak, grammar: foreign_speech(chance, espeak)),
    "festival": (0.25, lambda chance, espeak, grammar: festival_speech(chance, grammar)),
    "flite": (0.17, lambda chance, espeak, grammar: flite_speech(chance, grammar)),
    "babble": (0.1, babble),
    "music": (0.1, lambda chance, espeak, grammar: music(chance)),
    "noise": (0.1, lambda chance, espeak, grammar: noise(chance)),
}


def _make_share(task):
    count, seed, assets = task
    chance, espeak, grammar, log_mel = random.Random(seed), Espeak(), _TrainingGrammar(seed), features_for(assets)
    shares = [share for share, _ in KINDS.values()]
    items = []
    while len(items) < count:
        kind = chance.choices(list(KINDS), shares)[0]
        try:
            samples = KINDS[kind][1](chance, espeak, grammar)
        except (wave.Error, EOFError, subprocess.TimeoutExpired):
            continue  # a voice could not pronounce its text
        if len(samples) < audio.SAMPLE_RATE or not samples.any():
            continue
        samples = audio.damage(audio.scale_to_peak(samples[: 16 * audio.SAMPLE_RATE], chance.uniform(-14, -1)), chance)
        items.append({"kind": kind, "mel": log_mel(samples).astype(np.float16)})
    return items


class _TrainingGrammar(CouncilGrammar):
    """Leaves the held-out sentences out here too."""

    def sentence(self):
        while is_held_out(sentence := super().sentence()):
            pass
        return sentence


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--whisper-assets", help="folder with mel_filters.npz; without it, Parakeet's features are made")
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    tasks = [(100, arguments.seed * 1000 + start, arguments.whisper_assets) for start in range(0, arguments.items, 100)]
    with multiprocessing.Pool(2) as workers:
        store([item for share in workers.map(_make_share, tasks, chunksize=1) for item in share], arguments.out)


if __name__ == "__main__":
    _main()
