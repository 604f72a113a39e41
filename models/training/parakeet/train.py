"""Trains one stage and leaves a checkpoint; run.sh lists the stages in order.

    python train.py --stage encoder --data data --out checkpoints/encoder.pt
    python train.py --stage short --from checkpoints/encoder.pt ...

Stages: `encoder` learns phonemes; `short` and `long` learn to write, first chunks of 4-12 s and
then of up to 30 s; `finish` is `long` with a falling learning rate.
"""

import argparse
import os
import time
from dataclasses import dataclass

import torch
from torch.nn import functional

from chunks import ChunkComposer
from mixing import Mixture, Pool, phoneme_inventory
from model import SpeechModel
from pieces import Pieces
from steps import learning_rate, make_optimisers, prefetch, set_rate

REPORT_STEPS, CHECKPOINT_STEPS = 50, 100
PIECE_CORRUPTION = 0.06  # of what is written replaced, so that the joint network has to keep listening
SKIP_WEIGHT = 0.4


@dataclass
class Stage:
    steps: int
    seconds_per_batch: float
    first_rate: float
    last_rate: float
    phoneme_weight: float
    mixture: Mixture
    writes: bool = True
    scrambled: bool = False  # whether some sentences are words in no order


def _mixture(shortest, longest, negatives, mixed):
    return Mixture(shortest, longest, negatives, mixed, noise_share=0.5, quietest_noise=70)


STAGES = {
    "encoder": Stage(300, 120, 3e-3, 2.8e-3, 1, _mixture(4, 10, 0.05, 0.02), writes=False),
    "short": Stage(1200, 120, 2.5e-3, 2.2e-3, 0.3, _mixture(4, 12, 0.08, 0.05)),
    "long": Stage(1500, 120, 2.2e-3, 1.5e-3, 0.2, _mixture(8, 30, 0.14, 0.08)),
    "finish": Stage(2000, 120, 1.5e-3, 1e-5, 0.1, _mixture(10, 30, 0.14, 0.08), scrambled=True),
}


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--minutes", type=float, help="instead of the stage's own number of steps: as many as are done by then")
    parser.add_argument("--data", required=True)
    parser.add_argument("--from", dest="start", help="checkpoint to go on from")
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    stage = STAGES[arguments.stage]
    torch.manual_seed(arguments.seed)
    torch.set_flush_denormal(True)

    names = ["speech", "scrambled"] if stage.scrambled else ["speech"]
    speech, negatives = Pool(*(f"{arguments.data}/{name}" for name in names)), Pool(f"{arguments.data}/negatives")
    stored = torch.load(arguments.start) if arguments.start else None
    pieces = Pieces(stored["pieces"]) if stored else Pieces.learn(sorted({item["text"] for item in speech.items}))
    phoneme_names = phoneme_inventory(speech)
    composer = ChunkComposer(speech, negatives, pieces, phoneme_names, arguments.seed)
    model = SpeechModel(pieces.blank, len(phoneme_names) + 1)
    if stored:
        model.load_state_dict(stored["model"])
    print(f"{pieces.blank} pieces, {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters", flush=True)
    _run_stage(model, stage, arguments.minutes, composer, pieces, arguments.out)


def _run_stage(model, stage, minutes, composer, pieces, out):
    optimisers = make_optimisers(model)
    batches = prefetch(lambda: composer.batch(stage.mixture, stage.seconds_per_batch))
    history, clock, began = [], time.monotonic(), time.monotonic()
    step, steps = 0, stage.steps
    while step < steps:
        step += 1
        if minutes:
            steps = max(step, round(step * 60 * minutes / (time.monotonic() - began)))
        rate = learning_rate(stage.first_rate, stage.last_rate, step, steps)
        set_rate(optimisers, rate)
        loss, report = _losses(model, batches.get(), stage, pieces.blank)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        history.append(report)
        if step % REPORT_STEPS == 0:
            means = {key: _mean([row[key] for row in history if key in row]) for key in ("loss", "phoneme", "piece", "blank", "skip")}
            shown = " ".join(f"{key} {value:.3f}" for key, value in means.items() if value is not None)
            speed = len(history) / (time.monotonic() - clock)
            print(f"{step}/{steps} {time.monotonic() - began:.0f} s rate {rate:.1e} {shown} {speed:.2f} steps/s", flush=True)
            history, clock = [], time.monotonic()
        if step % CHECKPOINT_STEPS == 0 or step >= steps:
            torch.save({"model": model.state_dict(), "pieces": pieces.learned}, out + ".part")
            os.replace(out + ".part", out)


def _losses(model, batch, stage, blank):
    """The loss to minimise and the figures to report."""
    encoded, _ = model.encoder(batch.signal.bfloat16(), batch.lengths)
    phonemes = model.phonemes(encoded.float()).unflatten(2, (batch.phonemes.shape[2], -1))
    phoneme_loss = functional.cross_entropy(phonemes.flatten(0, 2), batch.phonemes.flatten())
    sounding = batch.phonemes > 0
    report = {"phoneme": _share(phonemes.argmax(-1) == batch.phonemes, sounding)}
    if not stage.writes:
        return phoneme_loss, report | {"loss": phoneme_loss.item()}

    expected, _ = model.predictor(_corrupt(batch.written, blank))
    chunk, frame, written = batch.places.T
    heard, expected = model.joint.heard(encoded), model.joint.expected(expected.bfloat16())
    scores = model.joint.answer(torch.relu(heard[chunk, frame] + expected[chunk, written])).float()
    piece, skip = batch.answers.T
    piece_loss = functional.cross_entropy(scores[:, : blank + 1], piece)
    skip_loss = functional.cross_entropy(scores[:, blank + 1 :], skip)
    right, says = scores[:, : blank + 1].argmax(-1) == piece, piece != blank
    report |= {"loss": piece_loss.item(), "piece": _share(right, says), "blank": _share(right, ~says)}
    report |= {"skip": _share(scores[:, blank + 1 :].argmax(-1) == skip, says)}
    return piece_loss + SKIP_WEIGHT * skip_loss + stage.phoneme_weight * phoneme_loss, {
        key: value for key, value in report.items() if value is not None
    }


def _corrupt(written, blank):
    """Replaces some pieces by random ones, never the blank that begins."""
    replaced = torch.rand(written.shape) < PIECE_CORRUPTION
    replaced[:, 0] = False
    return torch.where(replaced, torch.randint(0, blank, written.shape), written)


def _share(values, where):
    return values[where].float().mean().item() if where.any() else None


def _mean(values):
    return sum(values) / len(values) if values else None


if __name__ == "__main__":
    _main()
