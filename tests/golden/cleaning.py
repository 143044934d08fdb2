"""Golden values of trim and of the spectral gate.

    /usr/bin/python3 tests/golden/cleaning.py > tests/golden/cleaning.json

librosa.effects.trim is written out in NumPy from its documentation (librosa.feature.rms of the centred frames,
librosa.amplitude_to_db with ref=np.max and amin=1e-5). The spectral gate is noisereduce's in its versions 1 and 2,
`reduce_noise(audio_clip, noise_clip, …)`, written out from its published steps: librosa's short-time Fourier transforms
of noise and signal, the threshold from mean and standard deviation of the noise in dB, the mask convolved by
scipy.signal.fftconvolve with a triangle over frequency and one over time, the inverse transform. As there, the clip is
first made one hop longer by zeros, so that no frame at its end is lost.

No decision in these cases is close: the script fails where a level lies within 0.001 dB of its threshold.
"""
import json

import numpy as np
import scipy.signal

rng = np.random.default_rng(9)


def numbers(values):
    return [float("%.9g" % v) for v in np.asarray(values, dtype=np.float64).reshape(-1)]


def as_float32(values):
    return np.asarray(values).astype(np.float32).astype(np.float64)


def amplitude_to_db(s, ref, amin, top_db):
    db = 20 * np.log10(np.maximum(amin, s)) - 20 * np.log10(np.maximum(amin, ref))
    return db if top_db is None else np.maximum(db, db.max() - top_db)


def trim(y, top_db, frame_length, hop_length, pad_mode):
    padded = np.pad(y, frame_length // 2, mode=pad_mode)
    frames = np.lib.stride_tricks.sliding_window_view(padded, frame_length)[::hop_length]
    rms = np.sqrt((frames**2).mean(axis=1))
    db = amplitude_to_db(rms, rms.max(), 1e-5, None)
    assert np.abs(db + top_db).min() > 1e-3
    sound = np.flatnonzero(db > -top_db)
    return db, [int(sound[0]) * hop_length, min(len(y), (int(sound[-1]) + 1) * hop_length)]


def trim_case(name, y, top_db, frame_length, hop_length, pad_mode):
    y = as_float32(y)
    levels, kept = trim(y, top_db, frame_length, hop_length, pad_mode)
    return {
        "name": name,
        "options": {"topDb": top_db, "frameLength": frame_length, "hopLength": hop_length, "padMode": pad_mode},
        "clip": numbers(y),
        "levels": numbers(levels),
        "kept": kept,
    }


def burst(length, first, last, floor):
    envelope = np.full(length, floor)
    envelope[first:last] = np.hanning(last - first) + floor
    return envelope * rng.standard_normal(length)


def stft(y, n_fft, win_length, hop_length, pad_mode):
    window = scipy.signal.get_window("hann", win_length, fftbins=True)
    left = (n_fft - win_length) // 2
    window = np.pad(window, (left, n_fft - win_length - left))
    padded = np.pad(y, n_fft // 2, mode=pad_mode)
    frames = np.lib.stride_tricks.sliding_window_view(padded, n_fft)[::hop_length]
    return np.fft.rfft(frames * window, axis=1).T, window


def istft(z, window, n_fft, hop_length):
    frames = np.fft.irfft(z.T, n_fft, axis=1) * window
    length = n_fft + hop_length * (len(frames) - 1)
    y, squares = np.zeros(length), np.zeros(length)
    for i, frame in enumerate(frames):
        y[i * hop_length : i * hop_length + n_fft] += frame
        squares[i * hop_length : i * hop_length + n_fft] += window**2
    reached = squares > np.finfo(np.float32).tiny
    y[reached] /= squares[reached]
    return y[n_fft // 2 : length - n_fft // 2]


def triangle(n_grad):
    return np.concatenate([np.linspace(0, 1, n_grad + 1, endpoint=False), np.linspace(1, 0, n_grad + 2)])[1:-1]


def reduce_noise(clip, noise, n_grad_freq, n_grad_time, n_fft, win_length, hop_length, n_std_thresh, prop_decrease,
                 top_db, pad_mode):
    padded = np.pad(clip, (0, hop_length))
    spectra, window = stft(padded, n_fft, win_length, hop_length, pad_mode)
    signal_db = amplitude_to_db(np.abs(spectra), 1.0, 1e-20, top_db)
    noise_db = amplitude_to_db(np.abs(stft(noise, n_fft, win_length, hop_length, pad_mode)[0]), 1.0, 1e-20, top_db)
    thresholds = noise_db.mean(axis=1) + n_std_thresh * noise_db.std(axis=1)
    assert np.abs(signal_db - thresholds[:, None]).min() > 1e-3
    smoothing = np.outer(triangle(n_grad_freq), triangle(n_grad_time))
    mask = scipy.signal.fftconvolve(signal_db < thresholds[:, None], smoothing / smoothing.sum(), mode="same")
    gains = 1 - mask * prop_decrease
    cleaned = istft(spectra * gains, window, n_fft, hop_length)[: len(clip)]
    return thresholds, gains, cleaned


def denoise_case(name, clip, noise_samples, **options):
    clip = as_float32(clip)
    thresholds, gains, cleaned = reduce_noise(clip, clip[:noise_samples], **options)
    words = {
        "n_grad_freq": "nGradFreq", "n_grad_time": "nGradTime", "n_fft": "nFft", "win_length": "winLength",
        "hop_length": "hopLength", "n_std_thresh": "nStdThresh", "prop_decrease": "propDecrease", "top_db": "topDb",
        "pad_mode": "padMode",
    }
    return {
        "name": name,
        "options": {words[key]: value for key, value in options.items()},
        "noiseSamples": noise_samples,
        "clip": numbers(clip),
        "thresholds": numbers(thresholds),
        "gains": numbers(gains.T),
        "cleaned": numbers(cleaned),
    }


def tone_in_noise(length, onset, loudness=1.0):
    t = np.arange(length)
    tone = np.where(t >= onset, np.sin(2 * np.pi * 0.11 * t) + 0.5 * np.sin(2 * np.pi * 0.31 * t), 0)
    return loudness * tone + 0.1 * rng.standard_normal(length)


gate = dict(n_fft=32, win_length=32, hop_length=8, n_grad_freq=2, n_grad_time=4, n_std_thresh=1.5, prop_decrease=1.0,
            top_db=80.0, pad_mode="constant")
print(json.dumps({
    "trim": [
        trim_case("a burst in faint noise", burst(240, 90, 150, 0.001), 20.0, 16, 4, "constant"),
        trim_case("the same in an odd frame", burst(240, 60, 200, 0.001), 30.0, 17, 5, "constant"),
        trim_case("padded by its mirror image", burst(150, 0, 70, 0.01), 12.0, 24, 6, "reflect"),
        trim_case("noise that starts and ends loud", burst(97, 20, 60, 1.0), 20.0, 16, 4, "constant"),
        trim_case("silence", np.zeros(50), 60.0, 16, 4, "constant"),
        trim_case("fainter than what decibels tell apart", 1e-7 * rng.standard_normal(50), 10.0, 16, 4, "constant"),
        trim_case("a hop as long as the frame", burst(130, 40, 90, 0.001), 20.0, 16, 16, "constant"),
    ],
    "denoise": [
        denoise_case("a tone after noise", tone_in_noise(200, 110), 100, **gate),
        denoise_case("padded by its mirror image, a shorter window", tone_in_noise(150, 80), 70,
                     **{**gate, "win_length": 24, "hop_length": 7, "n_fft": 30, "pad_mode": "reflect"}),
        denoise_case("lowered, not removed; hardly smoothed", tone_in_noise(150, 80), 60,
                     **{**gate, "prop_decrease": 0.7, "n_grad_freq": 0, "n_grad_time": 1, "n_std_thresh": 2.5}),
        denoise_case("the noise is the sound itself", tone_in_noise(150, 0), 150, **{**gate, "n_std_thresh": 0.5}),
        denoise_case("a floor above the threshold lets all through", tone_in_noise(150, 100, 50.0), 80,
                     **{**gate, "top_db": 15.0}),
    ],
}, separators=(",", ":")))
