"""Golden values of the resampler, from scipy.signal.resample_poly with the same windowed sinc passed as its taps.

    /usr/bin/python3 tests/golden/resample.py > tests/golden/resample.json

The filter is designed here anew, from the description in src/lib/audio/resample.ts: a sinc cut off in the middle of
0.9 to 1 times the lower Nyquist frequency, a Kaiser window for 86 dB, and every phase scaled to sum to 1.
"""
import json
from math import floor, gcd

import numpy as np
from scipy.signal import kaiser_beta, resample_poly
from scipy.special import i0

ATTENUATION = 86
PASS, STOP = 0.9, 1.0


def taps(up, down):
    widening = max(1, down / up)
    half = widening * (ATTENUATION - 7.95) / (2.285 * np.pi * (STOP - PASS)) / 2
    cutoff = (PASS + STOP) / 2 / widening
    reach = floor(half * up)
    place = np.arange(-reach, reach + 1)
    distance = place / up
    h = np.sinc(cutoff * distance) * i0(kaiser_beta(ATTENUATION) * np.sqrt(1 - (distance / half) ** 2))
    phase = place % up
    h /= np.bincount(phase, h)[phase]
    return h


def case(source, target, n):
    x = np.random.default_rng(source + target).standard_normal(n).astype("float32").astype("float64")
    divisor = gcd(source, target)
    up, down = target // divisor, source // divisor
    # resample_poly multiplies its taps by `up`.
    y = resample_poly(x, up, down, window=taps(up, down) / up)
    return {"from": source, "to": target, "x": [float("%.9g" % v) for v in x], "y": [float("%.9g" % v) for v in y]}


print(
    json.dumps(
        [
            case(48000, 16000, 360),
            case(44100, 16000, 330),
            case(22050, 16000, 200),
            case(11025, 16000, 150),
            case(8000, 16000, 100),
            case(16000, 48000, 60),
            case(16000, 44100, 60),
            case(192000, 16000, 800),
            case(47999, 16000, 300),
        ]
    )
)
