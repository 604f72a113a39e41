"""Parakeet through transcribe.cpp, which is ggml called from C++."""

import transcribe_cpp

import turns


def load(model, threads):
    # It says something at every run.
    transcribe_cpp.set_log_callback(None)
    session = transcribe_cpp.Model(model, backend="cpu").session(n_threads=threads)

    def hear(signals):
        heard = session.run_batch(signals) if len(signals) > 1 else [session.run(signals[0])]
        return [result.text for result in heard]

    return hear


turns.take(load)
