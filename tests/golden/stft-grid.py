"""Golden values of the short-time Fourier transform over a grid of options, by torch.stft and scipy.signal.stft.

    /usr/bin/python3 tests/golden/stft-grid.py > tests/golden/stft-grid.json

Odd and even n_fft, windows shorter than the FFT, hops longer than the window, one frame only, every padding and window.
Each case has the options in the words of src/lib/dsp/frames.ts, the first `samples` samples of the clip, and the spectra,
frame by frame.
"""
import itertools
import json

import numpy as np
import scipy.signal
import torch

rng = np.random.default_rng(8)
clip = rng.standard_normal(31).astype(np.float32).astype(np.float64)
cases = []


def numbers(values):
    return [float("%.9g" % v) for v in np.asarray(values, dtype=np.float64).reshape(-1)]


def case(library, samples, sizes, options, z):
    win, hop, n_fft = sizes
    name = f"{library}, {samples} samples, window {win}, hop {hop}, FFT {n_fft}, " + ", ".join(
        f"{key} {value}" for key, value in options.items()
    )
    cases.append(
        {
            "name": name,
            "samples": samples,
            "options": {"winLength": win, "hopLength": hop, "nFft": n_fft, **options},
            "frames": z.shape[0],
            "real": numbers(z.real),
            "imaginary": numbers(z.imag),
        }
    )


TORCH_WINDOWS = {
    "hann": torch.hann_window,
    "hamming": torch.hamming_window,
    "blackman": torch.blackman_window,
    "rectangular": lambda length, periodic, dtype: torch.ones(length, dtype=dtype),
}


def torch_case(samples, sizes, window, periodic, pad_mode, normalized=False):
    win, hop, n_fft = sizes
    z = torch.stft(
        torch.from_numpy(clip[:samples]),
        n_fft,
        hop,
        win,
        TORCH_WINDOWS[window](win, periodic=periodic, dtype=torch.float64),
        center=pad_mode is not None,
        pad_mode=pad_mode or "reflect",
        normalized=normalized,
        onesided=True,
        return_complex=True,
    )
    options = {
        "window": window,
        "periodic": periodic,
        "placement": "centre",
        "centre": pad_mode is not None,
        "padMode": pad_mode or "reflect",
        "padEnd": "none",
        "scaling": "frame-length" if normalized else "none",
    }
    case("torch", samples, sizes, options, z.numpy().T)


SCIPY_WINDOWS = {"hann": "hann", "hamming": "hamming", "blackman": "blackman", "rectangular": "boxcar"}
SCIPY_BOUNDARIES = {None: None, "reflect": "even", "constant": "zeros", "replicate": "constant"}


def scipy_case(samples, sizes, window, periodic, pad_mode, padded, scaling):
    win, hop, n_fft = sizes
    _, _, z = scipy.signal.stft(
        clip[:samples],
        window=scipy.signal.get_window(SCIPY_WINDOWS[window], win, fftbins=periodic),
        nperseg=win,
        noverlap=win - hop,
        nfft=n_fft,
        boundary=SCIPY_BOUNDARIES[pad_mode],
        padded=padded,
        scaling={"window-sum": "spectrum", "window-energy": "psd"}[scaling],
    )
    options = {
        "window": window,
        "periodic": periodic,
        "placement": "start",
        "centre": pad_mode is not None,
        "padMode": pad_mode or "reflect",
        "padEnd": "last-frame" if padded else "none",
        "scaling": scaling,
    }
    case("scipy", samples, sizes, options, z.T)


windows = itertools.cycle(itertools.product(TORCH_WINDOWS, (True, False)))
torch_sizes = [(8, 3, 8), (5, 4, 8), (9, 4, 9), (6, 5, 9), (7, 12, 7), (3, 11, 8)]
for sizes, pad_mode in itertools.product(torch_sizes, (None, "reflect", "constant", "replicate")):
    torch_case(len(clip), sizes, *next(windows), pad_mode)
torch_case(len(clip), (6, 5, 9), "hann", True, "constant", normalized=True)
# One frame: a clip as long as the FFT, and a hop longer than the clip.
for window, pad_mode, samples, sizes in (
    ("hann", None, 8, (8, 3, 8)),
    ("blackman", None, 9, (5, 4, 9)),
    ("hamming", "constant", 1, (8, 3, 8)),
    ("hann", "reflect", 5, (8, 6, 8)),
    ("rectangular", "replicate", 6, (7, 20, 9)),
):
    torch_case(samples, sizes, window, True, pad_mode)

# SciPy fills up the end of the clip by another rule where the hop is longer than the window: there, not padded.
scipy_sizes = [(8, 3, 8), (5, 4, 8), (9, 4, 9), (6, 5, 9), (5, 9, 7)]
for (sizes, pad_mode), scaling in zip(
    itertools.product(scipy_sizes, (None, "reflect", "constant", "replicate")),
    itertools.cycle(("window-sum", "window-energy", "window-sum")),
):
    padded = sizes[1] <= sizes[0] and pad_mode != "replicate"
    scipy_case(len(clip), sizes, *next(windows), pad_mode, padded, scaling)
scipy_case(6, (6, 2, 8), "hann", True, None, False, "window-sum")
scipy_case(7, (7, 3, 9), "hamming", False, None, True, "window-energy")

print(json.dumps({"clip": numbers(clip), "cases": cases}))
