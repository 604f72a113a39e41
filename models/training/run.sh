#!/bin/sh
# Replays everything: data, training, export, evaluation. About two hours on two cores.
# Needs: espeak-ng, flite, festival with the voices named in negatives.py, ffmpeg, Python 3.11.
#   sh run.sh WORK_FOLDER [TESTDATA_FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
testdata=${2:-}
mkdir -p "$work/data" "$work/checkpoints"

python3 -m venv "$work/venv"
python="$work/venv/bin/python"
"$python" -m pip install --quiet -r "$here/requirements.txt"
# Only the tokens and the mel filters of this package are used; no code or weights of it.
"$python" -m pip download --quiet --no-deps --no-binary :all: --dest "$work" openai-whisper==20250625
tar -xzf "$work"/openai_whisper-20250625.tar.gz -C "$work" --strip-components=1
assets="$work/whisper/assets"

cd "$here"
export OMP_WAIT_POLICY=PASSIVE  # spinning threads would starve each other when cores are shared
"$python" make_sample.py --out ../../assets/sample
"$python" synthesis.py --sentences 14000 --seed 1 --whisper-assets "$assets" --out "$work/data/speech"
"$python" negatives.py --items 2000 --seed 3 --whisper-assets "$assets" --out "$work/data/negatives"

stage() {
    "$python" train.py --assets "$assets" --data "$work/data" --out "$work/checkpoints/$1.pt" --stage "$@"
}
stage encoder --seed 1
stage short --seed 2 --from "$work/checkpoints/encoder.pt"
stage long --seed 3 --from "$work/checkpoints/short.pt"
stage finish --seed 4 --from "$work/checkpoints/long.pt"

"$python" export.py --from "$work/checkpoints/finish.pt" --assets "$assets" --out ../demo-es-q8_0.bin
"$python" evaluate.py --model ../demo-es-q8_0.bin --sample ../../assets/sample ${testdata:+--testdata "$testdata"} --out "$work/figures.json"
