"""Makes the sample session: a short council meeting spoken by three espeak-ng voices.

    python make_sample.py --out ../../assets/sample

Every sentence could come from the grammar, but those of five words or more are
kept out of the training data, and so are the three voices.
"""

import argparse
import json
import random
import subprocess
import tempfile
import wave

import numpy as np

import audio
from espeak import Espeak

VOICES = {
    "Presidente": {"voice": "es-419+m1", "rate": 148, "pitch": 37, "pitch_range": 50},
    "Secretaria": {"voice": "es-419+f2", "rate": 152, "pitch": 55, "pitch_range": 50},
    "Concejal": {"voice": "es-419+pablo", "rate": 146, "pitch": 66, "pitch_range": 55},
}

SAME_SPEAKER_PAUSE = (0.3, 0.7)
NEXT_SPEAKER_PAUSE = (0.6, 1.3)
LONG_PAUSE = (2.3, 3.6)
ROOM_NOISE_DECIBELS = -58


def _says(speaker, *sentences, after_long_pause=False):
    return [
        {"speaker": speaker, "text": sentence, "long_pause": after_long_pause and index == 0}
        for index, sentence in enumerate(sentences)
    ]


SCRIPT = [
    *_says(
        "Presidente",
        "Muy buenos días a todos los asistentes.",
        "Siendo las nueve y quince de la mañana del martes dieciocho de noviembre de dos mil veinticinco, damos inicio a la sesión ordinaria.",
        "Saludo a la comunidad que hoy nos acompaña.",
        "Señora secretaria, sírvase llamar a lista y verificar el quórum.",
    ),
    *_says("Secretaria", "Con gusto, señor presidente, procedo a llamar a lista.", "Hernán Quintero."),
    *_says("Presidente", "Presente."),
    *_says("Secretaria", "Rafael Cárdenas."),
    *_says("Concejal", "Presente, señora secretaria."),
    *_says(
        "Secretaria",
        "La concejala Patricia Zapata presentó excusa.",
        "Contestaron a lista doce de los trece concejales, hay quórum para deliberar y decidir.",
        after_long_pause=True,
    ),
    *_says("Presidente", "Señora secretaria, por favor lea el orden del día."),
    *_says(
        "Secretaria",
        "Primero, llamado a lista y verificación del quórum.",
        "Segundo, lectura y aprobación del orden del día.",
        "Tercero, aprobación del acta número cuarenta y siete.",
        "Cuarto, segundo debate del proyecto de acuerdo número dieciocho.",
        "Quinto, proposiciones y varios.",
        "Ha sido leído el orden del día, señor presidente.",
    ),
    *_says(
        "Presidente",
        "En consideración el orden del día leído.",
        "Se abre la discusión, anuncio que va a cerrarse, queda cerrada.",
        "¿Aprueban los honorables concejales el orden del día leído?",
    ),
    *_says("Secretaria", "Fue aprobado por unanimidad, señor presidente.", after_long_pause=True),
    *_says(
        "Presidente",
        "Continúe, señora secretaria, con el tercer punto del orden del día.",
        "En consideración el acta número cuarenta y siete del once de noviembre.",
        "¿Algún concejal tiene observaciones al acta?",
    ),
    *_says("Secretaria", "Queda aprobada el acta número cuarenta y siete sin observaciones.", after_long_pause=True),
    *_says("Presidente", "Continuamos con el cuarto punto."),
    *_says(
        "Secretaria",
        "Proyecto de acuerdo número dieciocho, por medio del cual se autoriza al alcalde para contratar el acueducto.",
    ),
    *_says("Presidente", "Tiene el uso de la palabra el honorable concejal Rafael Cárdenas, hasta por diez minutos."),
    *_says(
        "Concejal",
        "Muchas gracias, señor presidente, saludo a todos los asistentes.",
        "La semana pasada visitamos la vereda Agua Bonita y encontramos que la tubería está rota.",
        "Las familias de la vereda Agua Bonita llevan ocho meses esperando el acueducto.",
        "El costo de la obra asciende a trescientos ochenta millones de pesos.",
        "La Secretaría de Hacienda certifica que hay recursos disponibles.",
        "Honorables concejales, esto no puede esperar más.",
        "Le solicito al alcalde que termine el acueducto de la vereda Agua Bonita antes de junio.",
        "Solicito que conste en el acta que no recibimos el informe.",
        "He terminado, señor presidente, muchas gracias.",
    ),
    *_says(
        "Presidente",
        "Queda la constancia, concejal.",
        "Se somete a votación el articulado en bloque.",
        "La votación será nominal, honorables concejales.",
        "Señora secretaria, llame a lista para votación nominal.",
    ),
    *_says("Secretaria", "Rafael Cárdenas."),
    *_says("Concejal", "Voto sí, señora secretaria."),
    *_says("Secretaria", "Hernán Quintero."),
    *_says("Presidente", "Mi voto es positivo."),
    *_says("Presidente", "Se cierra la votación.", "Señora secretaria, informe el resultado de la votación.", after_long_pause=True),
    *_says(
        "Secretaria",
        "Resultado de la votación: once votos positivos, cero negativos y una abstención.",
        "Queda aprobado el proyecto de acuerdo número dieciocho por mayoría.",
    ),
    *_says("Presidente", "El proyecto pasa a sanción del señor alcalde.", "Pasamos al quinto punto del orden del día."),
    *_says("Concejal", "Presento una proposición para citar a la Secretaría de Infraestructura."),
    *_says("Presidente", "En consideración la proposición leída."),
    *_says("Secretaria", "Queda aprobada la proposición, señor presidente.", "Ha sido agotado el orden del día, señor presidente."),
    *_says(
        "Presidente",
        "Agotado el orden del día, se levanta la sesión siendo las once y cuarenta de la mañana.",
        "Se convoca para el viernes veintiuno de noviembre a las ocho en punto de la mañana.",
        "Muchas gracias a todos por su asistencia, feliz día.",
    ),
]


def record_session(script, voices, seed):
    """Speaks the script with natural pauses over a faint room noise; returns samples and timed lines."""
    chance, espeak = random.Random(seed), Espeak()
    pieces, lines, position = [np.zeros(int(0.6 * audio.SAMPLE_RATE), np.float32)], [], int(0.6 * audio.SAMPLE_RATE)
    previous_speaker = None
    for line in script:
        samples, _, _ = espeak.speak(line["text"], **voices[line["speaker"]])
        samples = audio.resample(samples, espeak.sample_rate)
        first, last = audio.speech_bounds(samples)
        samples = audio.scale_to_peak(samples[first:last], -6)
        if previous_speaker is not None:
            limits = LONG_PAUSE if line["long_pause"] else SAME_SPEAKER_PAUSE
            if not line["long_pause"] and line["speaker"] != previous_speaker:
                limits = NEXT_SPEAKER_PAUSE
            pause = np.zeros(int(chance.uniform(*limits) * audio.SAMPLE_RATE), np.float32)
            pieces.append(pause)
            position += len(pause)
        lines.append(
            {
                "start_ms": round(position / 16),
                "end_ms": round((position + len(samples)) / 16),
                "speaker": line["speaker"],
                "text": line["text"],
            }
        )
        pieces.append(samples)
        position += len(samples)
        previous_speaker = line["speaker"]
    pieces.append(np.zeros(audio.SAMPLE_RATE, np.float32))
    session = np.concatenate(pieces)
    noise = np.random.RandomState(seed).randn(len(session)).astype(np.float32)
    return session + noise * 10 ** (ROOM_NOISE_DECIBELS / 20), lines


def write_wave(path, samples):
    with wave.open(path, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(audio.SAMPLE_RATE)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    samples, lines = record_session(SCRIPT, VOICES, seed=18)
    with tempfile.NamedTemporaryFile(suffix=".wav") as raw:
        write_wave(raw.name, samples)
        subprocess.run(
            ["ffmpeg", "-v", "error", "-y", "-i", raw.name, "-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"]
            + ["-c:a", "libopus", "-b:a", "28k", "-ac", "1", f"{arguments.out}/sesion-de-muestra.ogg"],
            check=True,
        )
    with open(f"{arguments.out}/sesion-de-muestra.json", "w", encoding="utf8") as file:
        json.dump(lines, file, ensure_ascii=False, indent=1)
        file.write("\n")
    words = sum(len(line["text"].split()) for line in lines)
    print(f"{len(samples) / audio.SAMPLE_RATE:.1f} s, {len(lines)} lines, {words} words")


if __name__ == "__main__":
    _main()
