"""Writes a model file of whisper.cpp again with its matrices in eight bits, as most people have them.

    python whisper_in_eight_bits.py MODEL.bin OUT.bin
"""

import sys

import ggml_whisper

if __name__ == "__main__":
    ggml_whisper.write_in_eight_bits(*sys.argv[1:])
