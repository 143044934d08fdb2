"""Golden values of the inverse short-time Fourier transform and of Griffin and Lim's algorithm.

    /usr/bin/python3 tests/golden/istft.py > tests/golden/istft.json

torch.istft and scipy.signal.istft, of spectra that are noise and belong to no clip, so that the weights of overlapping
frames show; torchaudio.functional.griffinlim from phases of zero. Options in the words of src/lib/dsp/frames.ts.
"""
import json

import numpy as np
import scipy.signal
import torch
import torchaudio

rng = np.random.default_rng(84)


def numbers(values):
    return [float("%.10g" % v) for v in np.asarray(values, dtype=np.float64).reshape(-1)]


def noise(frames, n_fft):
    """[bins, frames]; the imaginary parts that no real signal has are 0, as not all libraries ignore them."""
    bins = n_fft // 2 + 1
    z = rng.standard_normal((bins, frames)) + 1j * rng.standard_normal((bins, frames))
    z[0] = z[0].real
    if n_fft % 2 == 0:
        z[-1] = z[-1].real
    return z


def spectra(z):
    return {"frames": z.shape[1], "bins": z.shape[0], "real": numbers(z.real.T), "imaginary": numbers(z.imag.T)}


def options_of(sizes, **others):
    win, hop, n_fft = sizes
    return {"winLength": win, "hopLength": hop, "nFft": n_fft, **others}


TORCH_WINDOWS = {
    "hann": torch.hann_window,
    "hamming": torch.hamming_window,
    "blackman": torch.blackman_window,
    "rectangular": lambda length, periodic, dtype: torch.ones(length, dtype=dtype),
}


def torch_case(frames, sizes, window, periodic=True, center=True, normalized=False, length=None):
    win, hop, n_fft = sizes
    z = noise(frames, n_fft)
    weights = TORCH_WINDOWS[window](win, periodic=periodic, dtype=torch.float64)
    x = torch.istft(torch.from_numpy(z), n_fft, hop, win, weights, center, normalized, onesided=True, length=length)
    options = options_of(
        sizes,
        window=window,
        periodic=periodic,
        placement="centre",
        centre=center,
        padMode="reflect",
        padEnd="none",
        scaling="frame-length" if normalized else "none",
    )
    name = f"torch.istft, {window}, {win}/{hop}/{n_fft}, length {length}"
    return {"name": name, "options": options, "length": length, **spectra(z), "samples": numbers(x)}


def scipy_case(frames, sizes, window, boundary=True):
    win, hop, n_fft = sizes
    z = noise(frames, n_fft)
    _, x = scipy.signal.istft(z, window=window, nperseg=win, noverlap=win - hop, nfft=n_fft, boundary=boundary)
    options = options_of(
        sizes,
        window={"boxcar": "rectangular"}.get(window, window),
        periodic=True,
        placement="start",
        centre=boundary,
        padMode="constant",
        padEnd="last-frame",
        scaling="window-sum",
    )
    name = f"scipy.signal.istft, {window}, {win}/{hop}/{n_fft}, boundary {boundary}"
    return {"name": name, "options": options, "length": None, **spectra(z), "samples": numbers(x)}


def griffin_lim_case(sizes, window, n_iter, momentum, samples):
    win, hop, n_fft = sizes
    clip = torch.from_numpy(rng.standard_normal(samples))
    weights = TORCH_WINDOWS[window](win, periodic=True, dtype=torch.float64)
    # float32 first, since that is what the engine is given.
    magnitude = torch.stft(clip, n_fft, hop, win, weights, return_complex=True).abs().float().double()
    x = torchaudio.functional.griffinlim(
        magnitude, weights, n_fft, hop, win, power=1.0, n_iter=n_iter, momentum=momentum, length=samples, rand_init=False
    )
    options = options_of(
        sizes,
        window=window,
        periodic=True,
        placement="centre",
        centre=True,
        padMode="reflect",
        padEnd="none",
        scaling="none",
    )
    return {
        "name": f"{window}, {win}/{hop}/{n_fft}, {n_iter} iterations, momentum {momentum}",
        "options": options,
        "iterations": n_iter,
        "momentum": momentum,
        "magnitudes": numbers(magnitude.T),
        "samples": numbers(x),
    }


print(
    json.dumps(
        {
            "inverse": [
                torch_case(6, (8, 3, 8), "hann"),
                torch_case(5, (6, 2, 9), "hamming", periodic=False),
                torch_case(5, (7, 4, 12), "blackman"),
                torch_case(6, (5, 5, 8), "rectangular", normalized=True),
                torch_case(5, (9, 4, 9), "hann", length=14),
                torch_case(4, (8, 3, 8), "hamming", center=False),
                torch_case(1, (8, 3, 8), "hamming", center=False),
                scipy_case(6, (8, 4, 8), "hann"),
                scipy_case(5, (7, 3, 10), "hamming"),
                scipy_case(4, (6, 6, 9), "boxcar"),
                scipy_case(5, (9, 3, 9), "blackman"),
                scipy_case(4, (6, 2, 8), "hamming", boundary=False),
            ],
            "griffinLim": [
                griffin_lim_case((16, 4, 16), "hann", 1, 0.0, 64),
                griffin_lim_case((16, 4, 16), "hann", 8, 0.0, 64),
                griffin_lim_case((12, 5, 15), "hamming", 4, 0.99, 63),
                griffin_lim_case((16, 4, 16), "hann", 8, 0.99, 66),
            ],
        }
    )
)
