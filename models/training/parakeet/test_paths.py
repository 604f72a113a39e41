"""python -m unittest test_paths, with .. in PYTHONPATH"""

import unittest

import numpy as np

from paths import answers, frames_of

BLANK = 99


def follow(rows, frame_count, start=0):
    """What a decoder writes that always answers rightly, from the frame `start` on."""
    right = {(frame, written): (answer, skip) for frame, written, answer, skip in reversed(rows.tolist())}
    frame, said = start, []
    while frame < frame_count:
        answer, skip = right[frame, len(said)]
        if answer != BLANK:
            said.append((answer, frame))
        elif skip == 0:
            raise AssertionError("a blank that skips nothing never ends")
        frame += skip
    return said


class Paths(unittest.TestCase):
    def test_who_answers_rightly_writes_every_piece_on_its_frame(self):
        numbers = np.random.RandomState(1)
        for _ in range(500):
            frame_count, count = numbers.randint(1, 60), numbers.randint(0, 25)
            times = np.sort(numbers.uniform(0, frame_count * 0.08 + 0.1, 2 * count)).reshape(-1, 2)
            pieces = numbers.randint(0, BLANK, count)
            first, after = frames_of(times, frame_count)
            rows = answers(pieces, first, after, frame_count, BLANK, numbers)
            self.assertEqual(follow(rows, frame_count), list(zip(pieces.tolist(), first.tolist())))

    def test_who_comes_a_frame_late_still_writes(self):
        times = np.array([[0.08, 0.4], [0.4, 0.8]])
        first, after = frames_of(times, 12)
        for seed in range(100):
            rows = answers(np.array([5, 6]), first, after, 12, BLANK, np.random.RandomState(seed))
            if (2, 0) in {(frame, written) for frame, written, answer, _ in rows.tolist() if answer != BLANK}:
                break
        late = [row for row in rows.tolist() if row[:2] == [2, 0] and row[2] != BLANK]
        self.assertEqual(late, [[2, 0, 5, 3]])

    def test_there_is_one_answer_at_every_place_of_silence(self):
        rows = answers(np.zeros(0, np.int64), *frames_of(np.zeros((0, 2)), 7), 7, BLANK, np.random.RandomState(1))
        self.assertEqual(rows.tolist(), [[frame, 0, BLANK, min(4, 7 - frame)] for frame in range(7)])


if __name__ == "__main__":
    unittest.main()
