"""Fills a database with sessions that would take hours to listen to: one of seven hours, one that failed, one that waits.

Arguments: the database; the folder for recordings. Prints the id of the long session.
"""

import json
import pathlib
import random
import sqlite3
import struct
import sys
import time
import uuid

HOURS = 7
SEGMENTS = 8_000
RATE = 8_000

words = (
    "señor presidente honorables concejales el proyecto de acuerdo por medio del cual se autoriza al alcalde para "
    "contratar la obra del acueducto de la vereda Agua Bonita fue aprobado en primer debate con doce votos a favor"
).split()
people = [
    ("Marta Lucía Restrepo de los Ríos Echavarría", "Presidenta del Concejo"),
    ("Iván Peña", "Secretario general"),
    ("Rafael Cárdenas", "Concejal"),
    ("Hernán Quintero", "Concejal"),
]
random.seed(3)


def id_():
    """A version 7 identifier, so that what was made later is sorted later."""
    number = (int(time.time() * 1000) << 80) | random.getrandbits(80)
    return str(uuid.UUID(int=(number & ~(0xF << 76) & ~(0x3 << 62)) | (7 << 76) | (2 << 62)))


def recording_of(folder, name, seconds):
    """Hours of silence that take no room on the disk."""
    path = folder / name
    size = seconds * RATE
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + size * 2, b"WAVE", b"fmt ", 16, 1, 1, RATE, RATE * 2, 2, 16, b"data", size * 2
    )
    with path.open("wb") as file:
        file.write(header)
        file.truncate(len(header) + size * 2)
    return path


def session(database, path, title, duration_ms, days_ago, job, heard=True):
    created = int(time.time() * 1000) - days_ago * 86_400_000
    session, recording, listening = id_(), id_(), id_()
    record = {"date": time.strftime("%Y-%m-%d", time.gmtime(created / 1000))}
    database.execute("INSERT INTO session (id, title, language, created_at_ms, record) VALUES (?, ?, 'es', ?, ?)", (session, title, created, json.dumps(record)))
    database.execute(
        "INSERT INTO recording VALUES (?, ?, 0, ?, ?, ?, ?, ?, 1, ?, NULL)",
        (recording, str(path).encode(), path.name, path.stat().st_size, uuid.uuid4().hex, uuid.uuid4().hex * 2, duration_ms, duration_ms if heard else None),
    )
    database.execute(
        """INSERT INTO listening (id, recording_id, engine, model, model_sha256, language, vocabulary, audio_samples,
               skipped_samples, finished_at_ms, settled) VALUES (?, ?, 'whisper', 'demo-es', '', 'es', '[]', ?, ?, ?, ?)""",
        (listening, recording, *((duration_ms * 16, 0, created, 1) if heard else (None, None, None, 0))),
    )
    database.execute("INSERT INTO part VALUES (?, 0, ?, ?)", (session, recording, listening))
    state, paused, error = job
    database.execute(
        "INSERT INTO job (id, session_id, state, wish, error, created_at_ms, ended_at_ms, paused) VALUES (?, ?, ?, ?, ?, ?, NULL, ?)",
        (id_(), session, state, json.dumps({"out": list(str(path.parent).encode()), "formats": [], "threads": 1, "keep_copy": False}), error, created, paused),
    )
    return session, listening


def main():
    database = sqlite3.connect(sys.argv[1], timeout=10)
    folder = pathlib.Path(sys.argv[2])
    with database:
        broken = json.dumps({"code": "engine", "failure": {"failure": "died", "reason": "señal 9"}})
        short = recording_of(folder, "comisión.wav", 3_600)
        session(database, short, "Comisión segunda de hacienda y crédito público: estudio del presupuesto de rentas y gastos para la vigencia fiscal 2027", 3_600_000, 9, ("failed", 0, broken), heard=False)
        session(database, recording_of(folder, "extraordinaria.wav", 7_200), "Sesión extraordinaria n.º 12", 7_200_000, 4, ("waiting", 1, None), heard=False)
        duration = HOURS * 3_600_000
        whole = recording_of(folder, "plenaria.wav", HOURS * 3_600)
        long, listening = session(database, whole, "Sesión plenaria del presupuesto", duration, 2, ("done", 0, None))
        speakers = [id_() for _ in people]
        database.executemany(
            "INSERT INTO speaker VALUES (?, ?, ?, ?, ?)",
            [(one, long, name, role, colour) for colour, (one, (name, role)) in enumerate(zip(speakers, people))],
        )
        each = duration // SEGMENTS
        rows = []
        for number in range(SEGMENTS):
            text = [random.choice(words) for _ in range(random.randint(4, 12))]
            text[0] = text[0].capitalize()
            step = (each - 200) // len(text)
            doubtful = number % 150 == 7
            times = [time_ for place in range(len(text)) for time_ in (place * step, place * step + step - 20)]
            rows.append((
                id_(), listening, number * each, number * each + each - 200, " ".join(text) + ".", json.dumps(times),
                json.dumps([1] if doubtful else []), json.dumps(["too_fast"] if doubtful else []), int(doubtful),
                speakers[number // 5 % len(speakers)], "reserved" if number == 11 else None,
            ))
        database.executemany(
            """INSERT INTO segment (id, listening_id, start_ms, end_ms, text, times, unsure, faults, doubtful, speaker_id, mark, touched)
               VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)""",
            rows,
        )
    print(long)


main()
