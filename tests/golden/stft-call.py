"""Runs the programs that src/lib/dsp/stft-call.ts writes, and keeps what they compute.

    /usr/bin/python3 tests/golden/stft-call.py > tests/golden/stft-call.json

Needs `npm ci` for Node. torch, torchaudio and SciPy are the libraries themselves; tensorflow and librosa are stood in for
by the functions below, written from their documentation, so that their programs can be run without them.
"""
import ast
import json
import subprocess
import sys
import types

import numpy as np
import scipy.signal

LIST = "import { cases } from './tests/unit/dsp/stft-call-cases.ts'; console.log(JSON.stringify(cases));"
cases = json.loads(
    subprocess.run(
        ["node_modules/.bin/node", "--input-type=module", "-e", LIST], check=True, capture_output=True, text=True
    ).stdout
)


def frames_of(y, length, hop):
    return np.stack([y[i : i + length] for i in range(0, len(y) - length + 1, hop)])


def librosa_stft(y, *, n_fft, hop_length, win_length, window, center, pad_mode="constant"):
    """https://librosa.org/doc/latest/generated/librosa.stft.html"""
    weights = scipy.signal.get_window(window, win_length, fftbins=True) if isinstance(window, str) else window
    assert len(weights) == win_length
    left = (n_fft - win_length) // 2
    weights = np.pad(weights, (left, n_fft - win_length - left))
    if center:
        y = np.pad(y, n_fft // 2, mode=pad_mode)
    return np.fft.rfft(frames_of(y, n_fft, hop_length) * weights).T.astype(np.complex64)


def librosa_power_to_db(S, *, ref=1.0, amin=1e-10, top_db=80.0):
    """https://librosa.org/doc/latest/generated/librosa.power_to_db.html"""
    zero = ref(S) if callable(ref) else ref
    db = 10.0 * np.log10(np.maximum(amin, S)) - 10.0 * np.log10(np.maximum(amin, zero))
    return db if top_db is None else np.maximum(db, db.max() - top_db)


def librosa_amplitude_to_db(S, *, ref=1.0, amin=1e-5, top_db=80.0):
    """https://librosa.org/doc/latest/generated/librosa.amplitude_to_db.html"""
    zero = ref(S) if callable(ref) else ref
    return librosa_power_to_db(S**2, ref=zero**2, amin=amin**2, top_db=top_db)


librosa = types.ModuleType("librosa")
librosa.stft = librosa_stft
librosa.power_to_db = librosa_power_to_db
librosa.amplitude_to_db = librosa_amplitude_to_db


def tensorflow_window(a, b):
    """tensorflow/python/ops/signal/window_ops.py: periodic in even lengths alone."""

    def window(window_length, periodic=True, dtype=np.float32):
        even = 1 - window_length % 2
        n = window_length + int(periodic) * even - 1
        return (a - b * np.cos(2 * np.pi * np.arange(window_length) / n)).astype(dtype)

    return window


def tensorflow_stft(signals, frame_length, frame_step, fft_length, window_fn, pad_end):
    """https://www.tensorflow.org/api_docs/python/tf/signal/stft"""
    if pad_end:
        count = -(-len(signals) // frame_step)
        signals = np.pad(signals, (0, max(0, (count - 1) * frame_step + frame_length - len(signals))))
        signals = signals[: (count - 1) * frame_step + frame_length]
    framed = frames_of(signals, frame_length, frame_step)
    if window_fn is not None:
        framed = framed * window_fn(frame_length, dtype=np.float32)
    return np.fft.rfft(framed, fft_length).astype(np.complex64)


class Eager:
    def __init__(self, values):
        self.values = values

    def numpy(self):
        return self.values


tensorflow = types.ModuleType("tensorflow")
tensorflow.signal = types.SimpleNamespace(
    stft=tensorflow_stft, hann_window=tensorflow_window(0.5, 0.5), hamming_window=tensorflow_window(0.54, 0.46)
)
tensorflow.constant = lambda values, dtype: np.asarray(values, dtype=dtype)
tensorflow.abs = lambda values: Eager(np.abs(values))
sys.modules["librosa"] = librosa
sys.modules["tensorflow"] = tensorflow

clip = np.random.default_rng(11).standard_normal(38).astype(np.float32)


def run(library, program):
    ast.parse(program)
    names = {"y": clip.copy()}
    exec(program, names)
    picture = np.asarray(names.get("S_db", names["S"]))
    picture = picture if library == "tf.signal" else picture.T
    return {"shape": list(picture.shape), "picture": [float("%.8g" % v) for v in picture.reshape(-1)]}


print(
    json.dumps(
        {
            "clip": [float("%.10g" % v) for v in clip],
            "cases": [{"program": case["program"], **run(case["library"], case["program"])} for case in cases],
        }
    )
)
