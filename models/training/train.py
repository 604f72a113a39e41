"""Trains one stage and leaves a checkpoint; run.sh lists the stages in order.

    python train.py --stage encoder --assets whisper/assets --data data --out checkpoints/encoder.pt
    python train.py --stage short --from checkpoints/encoder.pt ...

Stages: `encoder` learns phonemes on short crops; `short` and `long` learn to write, first on
8-12 s and then on 30 s; `finish` is `long` with a falling learning rate.
"""

import argparse
import time
from dataclasses import dataclass

import torch
from torch.nn import functional

from mixing import Mixture, Pool, phoneme_inventory
from model import AUDIO_CONTEXT, SpeechModel, sinusoids
from steps import learning_rate, make_optimisers, prefetch, set_rate
from vocabulary import NO_SPEECH, TIME_COUNT, Vocabulary
from windows import WindowComposer

REPORT_STEPS, CHECKPOINT_STEPS = 50, 200
WORD_CORRUPTION = 0.04  # text inputs replaced, so that the decoder has to keep listening
NO_SPEECH_WEIGHT = 0.8  # of the answer to a window without speech; the rest is the time 0.00
TIME_BLUR = 1.5  # standard deviation of the time targets, in steps of 20 ms


@dataclass
class Stage:
    steps: int
    seconds_per_batch: float
    first_rate: float
    last_rate: float
    guide_weight: float
    phoneme_weight: float
    mixture: Mixture
    writes: bool = True


STAGES = {
    "encoder": Stage(900, 96, 3e-3, 1.5e-3, 0, 1, Mixture(8, 8, negative_share=0.08), writes=False),
    "short": Stage(1000, 144, 2e-3, 1.7e-3, 0.5, 0.5, Mixture(8, 12, 0.08, 0.05)),
    "long": Stage(2400, 120, 1.5e-3, 1.2e-3, 0.25, 0.25, Mixture(15, 30, 0.16, 0.08)),
    "finish": Stage(2000, 120, 1.2e-3, 1e-5, 0.25, 0.15, Mixture(30, 30, 0.12, 0.08)),
}


def _main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--stage", choices=STAGES, required=True)
    parser.add_argument("--steps", type=int, help="instead of the stage's own number")
    parser.add_argument("--assets", required=True, help="folder with mel_filters.npz and multilingual.tiktoken")
    parser.add_argument("--data", required=True)
    parser.add_argument("--from", dest="start", help="checkpoint to go on from")
    parser.add_argument("--out", required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    stage = STAGES[arguments.stage]
    torch.manual_seed(arguments.seed)
    torch.set_flush_denormal(True)

    speech, negatives = Pool(f"{arguments.data}/speech"), Pool(f"{arguments.data}/negatives")
    vocabulary = Vocabulary(arguments.assets, {item["text"] for item in speech.items})
    phoneme_names = phoneme_inventory(speech)
    composer = WindowComposer(speech, negatives, vocabulary, phoneme_names, arguments.seed)
    model = SpeechModel(len(vocabulary.ids), len(phoneme_names) + 1)
    if arguments.start:
        model.load_state_dict(torch.load(arguments.start)["model"])
    else:
        _start_times_as_waves(model, vocabulary)
    print(f"{len(vocabulary.ids)} tokens, {sum(p.numel() for p in model.parameters()) / 1e6:.2f} M parameters", flush=True)
    _run_stage(model, stage, arguments.steps or stage.steps, composer, vocabulary, arguments.out)


def _run_stage(model, stage, steps, composer, vocabulary, out):
    optimisers = make_optimisers(model)
    batches = prefetch(lambda: composer.batch(stage.mixture, stage.seconds_per_batch))
    history, clock = [], time.monotonic()
    for step in range(1, steps + 1):
        rate = learning_rate(stage.first_rate, stage.last_rate, step, steps)
        set_rate(optimisers, rate)
        loss, report = _losses(model, batches.get(), stage, vocabulary)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
        history.append(report)
        if step % REPORT_STEPS == 0:
            means = {key: _mean([row[key] for row in history if key in row]) for key in ("loss", "phoneme", "word", "time", "refused", "muted")}
            shown = " ".join(f"{key} {value:.3f}" for key, value in means.items() if value is not None)
            print(f"{step}/{steps} rate {rate:.1e} {shown} {len(history) / (time.monotonic() - clock):.2f} steps/s", flush=True)
            history, clock = [], time.monotonic()
        if step % CHECKPOINT_STEPS == 0 or step == steps:
            torch.save({"model": model.state_dict(), "ids": vocabulary.ids}, out)


def _losses(model, batch, stage, vocabulary):
    """The loss to minimise and the figures to report."""
    mel = batch.mel.bfloat16()
    first_position = 0 if stage.writes else int(torch.randint(0, AUDIO_CONTEXT - mel.shape[2] // 2, ()))
    audio = model.encoder(mel, first_position)
    phonemes = model.phonemes(audio.float())
    phoneme_loss = functional.cross_entropy(phonemes.flatten(0, 1), batch.phonemes.flatten())
    sounding = batch.phonemes > 0
    report = {"phoneme": (phonemes.argmax(-1) == batch.phonemes)[sounding].float().mean().item()}
    if not stage.writes:
        return phoneme_loss, report | {"loss": phoneme_loss.item()}

    asked = batch.targets >= 0
    guided = batch.allowed.any(-1)
    hidden, missed = model.decoder(
        _corrupt(batch.tokens, vocabulary), audio, batch.allowed | ~guided[..., None] if stage.guide_weight else None
    )
    scores, targets = model.decoder.scores(hidden[asked]).float(), batch.targets[asked]
    empty_start = (batch.is_empty[:, None] & asked & (batch.targets == vocabulary.first_time_row))[asked]
    text_loss = _text_loss(scores, targets, empty_start, vocabulary)
    loss = text_loss + stage.phoneme_weight * phoneme_loss
    if stage.guide_weight:
        loss = loss + stage.guide_weight * sum(miss[guided].mean() for miss in missed) / len(missed)
    return loss, report | {"loss": text_loss.item()} | _accuracies(scores, targets, batch, asked, vocabulary)


def _text_loss(scores, targets, empty_start, vocabulary):
    """Cross-entropy with blurred times and a shared answer where there is nothing to write."""
    logarithms = functional.log_softmax(scores, -1)
    loss = -logarithms.gather(1, targets[:, None])[:, 0]
    no_speech = logarithms[:, vocabulary.row_of[NO_SPEECH]]
    silence = -(NO_SPEECH_WEIGHT * no_speech + (1 - NO_SPEECH_WEIGHT) * logarithms[:, vocabulary.first_time_row])
    first, last = vocabulary.first_time_row, vocabulary.first_time_row + TIME_COUNT - 1
    offsets = torch.arange(-4, 5)
    neighbours = targets[:, None] + offsets
    weights = torch.exp(-(offsets.float() ** 2) / (2 * TIME_BLUR**2)) * ((neighbours >= first) & (neighbours <= last))
    weights = weights / weights.sum(1, keepdim=True).clamp_min(1e-6)
    blurred = -(weights * logarithms.gather(1, neighbours.clamp(first, last))).sum(1)
    loss = torch.where(targets >= first, blurred, loss)
    return torch.where(empty_start, silence, loss).mean()


def _accuracies(scores, targets, batch, asked, vocabulary):
    """Share of words, of times within 0.1 s, of empty windows refused and of spoken ones refused by mistake."""
    best = scores.argmax(-1)
    is_word, is_time = targets < vocabulary.text_rows, targets >= vocabulary.first_time_row
    window = torch.arange(len(asked))[:, None].expand_as(asked)[asked]
    opening = torch.ones_like(window, dtype=torch.bool)
    opening[1:] = window[1:] != window[:-1]
    refuses = best[opening] == vocabulary.row_of[NO_SPEECH]
    empty = batch.is_empty
    report = {"word": _share(best == targets, is_word), "time": _share((best - targets).abs() <= 5, is_time & ~empty[window])}
    report |= {"refused": _share(refuses, empty), "muted": _share(refuses, ~empty)}
    return {key: value for key, value in report.items() if value is not None}


def _corrupt(tokens, vocabulary):
    """Replaces some text tokens by random ones."""
    replaced = (torch.rand(tokens.shape) < WORD_CORRUPTION) & (tokens < vocabulary.text_rows)
    return torch.where(replaced, torch.randint(0, vocabulary.text_rows, tokens.shape), tokens)


def _start_times_as_waves(model, vocabulary):
    """Neighbouring times begin with similar embeddings."""
    with torch.no_grad():
        waves = 0.06 * sinusoids(TIME_COUNT, model.decoder.token_embedding.embedding_dim)
        waves[:, 0] = 0
        first = vocabulary.first_time_row
        model.decoder.token_embedding.weight[first : first + TIME_COUNT] = waves


def _share(values, where):
    return values[where].float().mean().item() if where.any() else None


def _mean(values):
    return sum(values) / len(values) if values else None


if __name__ == "__main__":
    _main()
