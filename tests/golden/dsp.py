"""Golden values of windows, the short-time Fourier transform and decibels.

    /usr/bin/python3 tests/golden/dsp.py > tests/golden/dsp.json

Windows, scipy.signal.stft, torch.stft and torchaudio are called themselves; tf.signal and librosa are written out in
NumPy from their documented formulas. Spectra are [frame, bin] pairs of real and imaginary part.
"""
import json

import numpy as np
import scipy.signal
import torch
import torchaudio

rng = np.random.default_rng(3)


def numbers(values):
    return [float("%.10g" % v) for v in np.asarray(values, dtype=np.float64).reshape(-1)]


def spectra(z):
    return {
        "frames": z.shape[0],
        "bins": z.shape[1],
        "real": numbers(z.real),
        "imaginary": numbers(z.imag),
    }


clip = rng.standard_normal(53).astype(np.float32).astype(np.float64)
clip_tensor = torch.from_numpy(clip)


def windows():
    names = {"hann": "hann", "hamming": "hamming", "blackman": "blackman", "rectangular": "boxcar"}
    return [
        {
            "name": name,
            "length": length,
            "periodic": periodic,
            "weights": numbers(scipy.signal.get_window(theirs, length, fftbins=periodic)),
        }
        for name, theirs in names.items()
        for length in (1, 2, 7, 8)
        for periodic in (True, False)
    ]


def tensorflow_hann(length):
    """tf.signal.hann_window(length, periodic=True), from tensorflow/python/ops/signal/window_ops.py."""
    even = 1 - length % 2
    n = length + 1 * even - 1
    return 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / n)


def tensorflow_stft(x, frame_length, frame_step, fft_length, pad_end):
    """tf.signal.frame, times the window, then rfft with zeros at the end of each frame."""
    if pad_end:
        frames = -(-len(x) // frame_step)
        x = np.pad(x, (0, max(0, (frames - 1) * frame_step + frame_length - len(x))))
    else:
        frames = max(0, 1 + (len(x) - frame_length) // frame_step)
    cut = np.stack([x[i * frame_step : i * frame_step + frame_length] for i in range(frames)])
    return np.fft.rfft(cut * tensorflow_hann(frame_length), fft_length)


def librosa_stft(x, n_fft, hop_length, win_length, center, pad_mode):
    """The window, periodic, padded to its centre; the clip padded by n_fft // 2; frames of n_fft."""
    window = scipy.signal.get_window("hann", win_length, fftbins=True)
    left = (n_fft - win_length) // 2
    window = np.pad(window, (left, n_fft - win_length - left))
    if center:
        x = np.pad(x, n_fft // 2, mode=pad_mode)
    frames = 1 + (len(x) - n_fft) // hop_length
    cut = np.stack([x[i * hop_length : i * hop_length + n_fft] for i in range(frames)])
    return np.fft.rfft(cut * window, n_fft)


def torch_stft(n_fft, hop, win, center=True, pad_mode="reflect", normalized=False, window=None):
    window = torch.hann_window(win, dtype=torch.float64) if window is None else window
    z = torch.stft(
        clip_tensor, n_fft, hop, win, window, center, pad_mode, normalized, onesided=True, return_complex=True
    )
    return z.numpy().T


def stfts():
    cases = []

    def case(name, preset, sizes, z, options=None):
        win, hop, n_fft = sizes
        cases.append(
            {
                "name": name,
                "preset": preset,
                "sizes": {"winLength": win, "hopLength": hop, "nFft": n_fft},
                "options": options or {},
                **spectra(z),
            }
        )

    case("tf.signal, even frame", "tf.signal", (14, 8, 16), tensorflow_stft(clip, 14, 8, 16, False))
    case("tf.signal, odd frame", "tf.signal", (15, 8, 16), tensorflow_stft(clip, 15, 8, 16, False))
    case(
        "tf.signal, pad_end",
        "tf.signal",
        (15, 8, 16),
        tensorflow_stft(clip, 15, 8, 16, True),
        {"padEnd": "every-hop"},
    )
    case("librosa", "librosa", (12, 7, 16), librosa_stft(clip, 16, 7, 12, True, "constant"))
    case("librosa, odd window", "librosa", (11, 7, 16), librosa_stft(clip, 16, 7, 11, True, "constant"))
    case(
        "librosa, not centred",
        "librosa",
        (12, 7, 16),
        librosa_stft(clip, 16, 7, 12, False, "constant"),
        {"centre": False},
    )
    case("torch.stft", "torchaudio", (12, 7, 16), torch_stft(16, 7, 12))
    case("torch.stft, odd lengths", "torchaudio", (11, 6, 15), torch_stft(15, 6, 11))
    case(
        "torch.stft, replicate",
        "torchaudio",
        (12, 9, 16),
        torch_stft(16, 9, 12, pad_mode="replicate"),
        {"padMode": "replicate"},
    )
    case(
        "torch.stft, normalized, not centred",
        "torchaudio",
        (12, 9, 16),
        torch_stft(16, 9, 12, center=False, normalized=True),
        {"centre": False, "scaling": "frame-length"},
    )
    case(
        "torch.stft, symmetric Hamming",
        "torchaudio",
        (12, 9, 16),
        torch_stft(16, 9, 12, window=torch.hamming_window(12, periodic=False, dtype=torch.float64)),
        {"window": "hamming", "periodic": False},
    )
    spectrogram = torchaudio.transforms.Spectrogram(
        n_fft=16, win_length=12, hop_length=6, power=None, normalized=True, wkwargs={"dtype": torch.float64}
    )
    case(
        "torchaudio, normalized",
        "torchaudio",
        (12, 6, 16),
        spectrogram(clip_tensor).numpy().T,
        {"scaling": "window-energy"},
    )
    for name, (win, hop, n_fft), options, more in (
        ("scipy", (12, 6, 16), {}, {}),
        ("scipy, odd segment", (11, 4, 11), {}, {}),
        ("scipy, Blackman", (12, 5, 12), {"window": "blackman"}, {"window": "blackman"}),
        ("scipy, boundary even", (12, 5, 12), {"padMode": "reflect"}, {"boundary": "even"}),
        ("scipy, boundary constant", (12, 5, 12), {"padMode": "replicate"}, {"boundary": "constant"}),
        (
            "scipy, boundary None, not padded",
            (12, 5, 12),
            {"centre": False, "padEnd": "none"},
            {"boundary": None, "padded": False},
        ),
    ):
        _, _, z = scipy.signal.stft(clip, nperseg=win, noverlap=win - hop, nfft=n_fft, **more)
        case(name, "scipy", (win, hop, n_fft), z.T, options)
    return cases


def keywords():
    """One second in the shape of the keywords model; a few cells of its 124 × 129, and their sum."""
    t = np.arange(16000)
    x = ((t * 7919) % 2003 / 2003 - 0.5).astype(np.float32).astype(np.float64)
    magnitude = np.abs(tensorflow_stft(x, 255, 128, 256, False))
    cells = [(int(i), int(k)) for i in (0, 1, 60, 123) for k in (0, 1, 17, 64, 128)]
    return {
        "shape": list(magnitude.shape),
        "sum": float(magnitude.sum()),
        "cells": [{"cell": c, "value": float("%.10g" % magnitude[c])} for c in cells],
    }


def times():
    """Where librosa and SciPy say frames and bins lie."""
    f, t, _ = scipy.signal.stft(clip, fs=8000, nperseg=12, noverlap=6, nfft=16)
    return {"sampleRate": 8000, "scipy": {"frequencies": numbers(f), "times": numbers(t)}}


def decibels():
    """librosa.power_to_db and amplitude_to_db, from their documented formulas."""
    values = np.array([0, 1e-12, 3e-7, 0.02, 1, 7.5], dtype=np.float32).astype(np.float64)

    def power_to_db(s, ref, amin, top_db):
        db = 10 * np.log10(np.maximum(amin, s)) - 10 * np.log10(np.maximum(amin, ref))
        return db if top_db is None else np.maximum(db, db.max() - top_db)

    cases = []
    for ref, top_db in ((1.0, 80.0), (7.5, 60.0), (0.5, None)):
        cases.append(
            {
                "ref": ref,
                "topDb": top_db,
                "power": numbers(power_to_db(values, ref, 1e-10, top_db)),
                "amplitude": numbers(power_to_db(values**2, ref**2, 1e-5**2, top_db)),
            }
        )
    return {"values": numbers(values), "cases": cases}


print(
    json.dumps(
        {
            "windows": windows(),
            "clip": numbers(clip),
            "stft": stfts(),
            "keywords": keywords(),
            "places": times(),
            "decibels": decibels(),
        }
    )
)
