#!/bin/sh
# Replays everything: data, training, export, evaluation. About two hours on two cores.
# Needs: espeak-ng, flite, festival with the voices named in ../negatives.py, ffmpeg, Python 3.11.
#   sh run.sh WORK_FOLDER [TESTDATA_FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
testdata=${2:-}
mkdir -p "$work/data" "$work/checkpoints"

python3 -m venv "$work/venv"
python="$work/venv/bin/python"
"$python" -m pip install --quiet -r "$here/requirements.txt"

cd "$here"
export PYTHONPATH="$here/.."  # what both models share
export OMP_WAIT_POLICY=PASSIVE  # spinning threads would starve each other when cores are shared
"$python" -m unittest test_paths
"$python" ../synthesis.py --sentences 18000 --seed 1 --out "$work/data/speech"
"$python" ../synthesis.py --sentences 3500 --scrambled --seed 5 --out "$work/data/scrambled"
"$python" ../negatives.py --items 2600 --seed 3 --out "$work/data/negatives"

stage() {
    "$python" train.py --data "$work/data" --out "$work/checkpoints/$1.pt" --stage "$@"
}
stage encoder --seed 1
stage short --seed 2 --from "$work/checkpoints/encoder.pt"
stage long --seed 3 --from "$work/checkpoints/short.pt"
stage finish --seed 4 --from "$work/checkpoints/long.pt"

"$python" export.py --from "$work/checkpoints/finish.pt" --out ../../demo-parakeet-es
"$python" evaluate.py --model ../../demo-parakeet-es --sample ../../../assets/sample ${testdata:+--testdata "$testdata"} --out "$work/figures.json"
