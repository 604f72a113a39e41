"""What the transducer should answer at each place that decoding can come to.

A place is a frame and how much is written already. espeak-ng says when each piece begins, so the
one right answer at every place is known, and nothing has to be summed over all alignments.
"""

import numpy as np

FRAME_SECONDS = 0.08
LONGEST_SKIP = 4

# Places where a piece should have been written some frames ago: there it is written late.
LATE_SHARES = ((1, 0.5), (2, 0.35), (3, 0.25))


def frames_of(times, frame_count):
    """Frame on which each piece is said, and the frame after it, neither ever falling."""
    first = np.rint(times[:, 0] / FRAME_SECONDS).astype(np.int64)
    first = np.minimum(np.maximum.accumulate(first), frame_count - 1)
    after = np.rint(times[:, 1] / FRAME_SECONDS).astype(np.int64)
    following = np.append(first[1:], frame_count)
    return first, np.clip(after, first, following)


def answers(pieces, first, after, frame_count, blank, numbers):
    """Rows (frame, pieces written, answer, frames to skip); `numbers` is a RandomState."""
    places = np.arange(len(pieces))
    rows = [np.stack([first, places, pieces, np.minimum(after - first, LONGEST_SKIP)], 1)]
    for late, share in LATE_SHARES:
        frame = first + late
        kept = (numbers.random_sample(len(pieces)) < share) & (frame < frame_count)
        left = np.clip(after - frame, 0, LONGEST_SKIP)
        rows.append(np.stack([frame, places, pieces, left], 1)[kept])
    frames = np.arange(frame_count)
    written = np.searchsorted(first, frames, side="right")
    until_next = np.append(first, frame_count)[written] - frames
    rows.append(np.stack([frames, written, np.full(frame_count, blank), np.minimum(until_next, LONGEST_SKIP)], 1))
    return np.concatenate(rows)
