"""Golden values of mel filters, the DCT, decibels, and whole chains from a clip to its mel picture or MFCC.

    /usr/bin/python3 tests/golden/mel.py > tests/golden/mel.json

torchaudio and SciPy are called themselves, in double precision; librosa is written out from its documentation, with the
signatures it documents. The chains are the Python programs that `src/lib/dsp/mel-call.ts` writes: those for torchaudio are
run as they are, those for librosa with that substitute, and both must agree.
"""
import json
import pathlib
import subprocess
import sys
import types
import warnings

import numpy as np
import scipy.fft
import scipy.signal
import torch
import torchaudio

torch.set_default_dtype(torch.float64)
warnings.simplefilter("ignore")
root = pathlib.Path(__file__).parents[2]


def numbers(values):
    return [float("%.9g" % v) for v in np.asarray(values, dtype=np.float64).reshape(-1)]


# librosa, from https://librosa.org/doc/latest


def hz_to_mel(frequencies, htk=False):
    frequencies = np.asarray(frequencies, dtype=np.float64)
    if htk:
        return 2595.0 * np.log10(1.0 + frequencies / 700.0)
    f_sp = 200.0 / 3
    min_log_hz = 1000.0
    logstep = np.log(6.4) / 27.0
    log = min_log_hz / f_sp + np.log(np.maximum(frequencies, 1e-9) / min_log_hz) / logstep
    return np.where(frequencies >= min_log_hz, log, frequencies / f_sp)


def mel_to_hz(mels, htk=False):
    mels = np.asarray(mels, dtype=np.float64)
    if htk:
        return 700.0 * (10.0 ** (mels / 2595.0) - 1.0)
    f_sp = 200.0 / 3
    min_log_mel = 1000.0 / f_sp
    logstep = np.log(6.4) / 27.0
    return np.where(mels >= min_log_mel, 1000.0 * np.exp(logstep * (mels - min_log_mel)), f_sp * mels)


def filters_mel(*, sr, n_fft, n_mels=128, fmin=0.0, fmax=None, htk=False, norm="slaney"):
    fmax = sr / 2 if fmax is None else fmax
    fftfreqs = np.fft.rfftfreq(n_fft, 1.0 / sr)
    mel_f = mel_to_hz(np.linspace(hz_to_mel(fmin, htk), hz_to_mel(fmax, htk), n_mels + 2), htk)
    fdiff = np.diff(mel_f)
    ramps = np.subtract.outer(mel_f, fftfreqs)
    weights = np.zeros((n_mels, 1 + n_fft // 2))
    for i in range(n_mels):
        lower = -ramps[i] / fdiff[i]
        upper = ramps[i + 2] / fdiff[i + 1]
        weights[i] = np.maximum(0, np.minimum(lower, upper))
    if norm == "slaney":
        weights *= (2.0 / (mel_f[2 : n_mels + 2] - mel_f[:n_mels]))[:, np.newaxis]
    return weights


def stft(y, *, n_fft=2048, hop_length=None, win_length=None, window="hann", center=True, pad_mode="constant"):
    win_length = n_fft if win_length is None else win_length
    hop_length = win_length // 4 if hop_length is None else hop_length
    weights = scipy.signal.get_window(window, win_length, fftbins=True) if isinstance(window, str) else window
    left = (n_fft - win_length) // 2
    weights = np.pad(weights, (left, n_fft - win_length - left))
    if center:
        y = np.pad(y, n_fft // 2, mode=pad_mode)
    frames = 1 + (len(y) - n_fft) // hop_length
    cut = np.stack([y[i * hop_length : i * hop_length + n_fft] for i in range(frames)])
    return np.fft.rfft(cut * weights, n_fft).T


def power_to_db(S, *, ref=1.0, amin=1e-10, top_db=80.0):
    ref_value = ref(S) if callable(ref) else abs(ref)
    log_spec = 10.0 * np.log10(np.maximum(amin, S)) - 10.0 * np.log10(np.maximum(amin, ref_value))
    return log_spec if top_db is None else np.maximum(log_spec, log_spec.max() - top_db)


def amplitude_to_db(S, *, ref=1.0, amin=1e-5, top_db=80.0):
    ref_value = ref(S) if callable(ref) else abs(ref)
    return power_to_db(np.abs(S) ** 2, ref=ref_value**2, amin=amin**2, top_db=top_db)


def melspectrogram(
    *,
    y=None,
    sr=22050,
    S=None,
    n_fft=2048,
    hop_length=512,
    win_length=None,
    window="hann",
    center=True,
    pad_mode="constant",
    power=2.0,
    **kwargs,
):
    framing = dict(n_fft=n_fft, hop_length=hop_length, win_length=win_length, window=window, center=center)
    S = np.abs(stft(y, **framing, pad_mode=pad_mode)) ** power if S is None else S
    return filters_mel(sr=sr, n_fft=n_fft, **kwargs) @ S


def feature_mfcc(*, y=None, sr=22050, S=None, n_mfcc=20, dct_type=2, norm="ortho", lifter=0):
    return scipy.fft.dct(S, axis=-2, type=dct_type, norm=norm)[:n_mfcc]


librosa = types.ModuleType("librosa")
librosa.stft = stft
librosa.power_to_db = power_to_db
librosa.amplitude_to_db = amplitude_to_db
librosa.feature = types.SimpleNamespace(melspectrogram=melspectrogram, mfcc=feature_mfcc)
sys.modules["librosa"] = librosa


def filterbanks():
    settings = [
        (16000, 64, 8, 0.0, 8000.0),
        (8000, 30, 6, 300.0, 3400.0),
        # Many of its filters lie between two bins.
        (16000, 128, 8, 1000.0, 1300.0),
        (22050, 128, 20, 20.0, 11025.0),
        # Odd: torchaudio has its bins elsewhere.
        (16000, 63, 8, 0.0, 8000.0),
        (44100, 101, 5, 50.0, 20000.0),
        # A single bin.
        (8000, 1, 2, 0.0, 4000.0),
    ]
    cases = []
    for sr, n_fft, n_mels, f_min, f_max in settings:
        for scale in ("htk", "slaney"):
            for norm in (None, "slaney"):
                theirs = filters_mel(
                    sr=sr, n_fft=n_fft, n_mels=n_mels, fmin=f_min, fmax=f_max, htk=scale == "htk", norm=norm
                )
                if n_fft % 2 == 0:
                    fb = torchaudio.functional.melscale_fbanks(
                        n_fft // 2 + 1, f_min, f_max, n_mels, sr, norm=norm, mel_scale=scale
                    )
                    assert np.allclose(fb.T.numpy(), theirs, rtol=1e-9, atol=1e-12)
                    theirs = fb.T.numpy()
                filters = []
                for row in theirs:
                    (places,) = np.nonzero(row > 1e-12)
                    first = int(places[0]) if len(places) else 0
                    filters.append({"first": first, "weights": numbers(row[places])})
                cases.append(
                    {
                        "options": {
                            "sampleRate": sr,
                            "nFft": n_fft,
                            "nMels": n_mels,
                            "fMin": f_min,
                            "fMax": f_max,
                            "scale": scale,
                            "norm": norm or "none",
                        },
                        "empty": [m for m, row in enumerate(theirs) if row.max() <= 1e-12],
                        "filters": filters,
                    }
                )
    return cases


def odd():
    """What torchaudio has for an odd n_fft of 63: 32 bins, but where the bins of an n_fft of 62 lie."""
    fb = torchaudio.functional.melscale_fbanks(32, 0.0, 8000.0, 4, 16000)
    return {"bins": 32, "weights": numbers(fb.T)}


def scales():
    hertz = [0.0, 60.0, 440.0, 999.0, 1000.0, 1001.0, 6400.0, 22050.0]
    return {
        "hertz": hertz,
        "htk": numbers([torchaudio.functional.functional._hz_to_mel(f, "htk") for f in hertz]),
        "slaney": numbers([torchaudio.functional.functional._hz_to_mel(f, "slaney") for f in hertz]),
    }


def dcts():
    rng = np.random.default_rng(5)
    cases = []
    for length in (1, 2, 7, 8, 20):
        for norm in ("ortho", None):
            x = rng.standard_normal(length)
            kept = (length + 1) // 2
            y = scipy.fft.dct(x, norm=norm)
            cases.append(
                {
                    "norm": norm or "none",
                    "x": numbers(x),
                    "y": numbers(y),
                    "kept": kept,
                    "back": numbers(scipy.fft.idct(y[:kept], n=length, norm=norm)),
                }
            )
    return cases


def decibels():
    """torchaudio.functional.amplitude_to_DB of [2, 3, 4, 1], with the gradients of Σ y·dy; the floor is each example's."""
    torch.manual_seed(8)
    cases = []
    for quantity, multiplier in (("power", 10.0), ("amplitude", 20.0)):
        for reference in ("fixed", "max"):
            for top_db in (12.0, None):
                ref, amin = 0.5, 0.01
                x = (torch.randn(2, 3, 4, 1).exp() - 0.3).float().double()
                x.requires_grad_()
                parts = []
                for part in x:
                    largest = part.max() if reference == "max" else torch.tensor(ref)
                    zero = torch.log10(torch.clamp(largest, min=amin))
                    # It takes a number or a tensor for db_multiplier.
                    parts.append(torchaudio.functional.amplitude_to_DB(part, multiplier, amin, zero, top_db))
                y = torch.stack(parts)
                dy = torch.randn(*y.shape).float().double()
                (dx,) = torch.autograd.grad(y, [x], dy)
                tensors = {"x": x.detach(), "y": y.detach(), "dy": dy, "dx": dx}
                cases.append(
                    {
                        "config": {
                            "quantity": quantity,
                            "reference": reference,
                            "ref": ref,
                            "amin": amin,
                            "limited": top_db is not None,
                            "topDb": top_db or 80.0,
                        },
                        **{name: {"shape": list(t.shape), "data": numbers(t)} for name, t in tensors.items()},
                    }
                )
    return cases


programs = """
import { melPresets } from './src/lib/dsp/mel-presets.ts';
import { asLibrosaCall, asTorchaudioCall } from './src/lib/dsp/mel-call.ts';
const torch = melPresets['torchaudio-mel'].settings;
const small = {
  ...torch,
  stft: { ...torch.stft, winLength: 50, hopLength: 40, nFft: 64, padMode: 'constant' },
  mel: { nMels: 12, fMin: 100, fMax: 7000, scale: 'slaney', norm: 'none' },
  decibels: { ref: 0.5, amin: 1e-5, topDb: 40 },
};
const mfcc = { nMfcc: 5, norm: 'none' };
const changed = (stft) => ({ ...small, stft: { ...small.stft, ...stft } });
const all = {
  ...Object.fromEntries(Object.entries(melPresets).map(([name, { settings }]) => [name, settings])),
  magnitudes: { ...small, power: 1, mfcc },
  'energies without decibels': { ...small, decibels: null },
  'cosines of energies': { ...small, decibels: null, mfcc },
  'relative to the largest, no range': { ...small, decibels: { ref: 'max', amin: 1e-5, topDb: null } },
  'a symmetric window': changed({ window: 'blackman', periodic: false, padMode: 'replicate' }),
  'no window, not centred': changed({ window: 'rectangular', centre: false }),
  'scaled by the energy of the window': changed({ scaling: 'window-energy' }),
  'scaled by its sum, in magnitudes': { ...changed({ scaling: 'window-sum' }), power: 1 },
  'scaled by the frame length': changed({ scaling: 'frame-length' }),
  'a window at the start, relative to the largest': {
    ...changed({ placement: 'start', padEnd: 'last-frame' }),
    decibels: { ref: 'max', amin: 1e-10, topDb: 30 },
  },
  'an odd FFT': changed({ nFft: 63 }),
};
const cases = Object.entries(all).flatMap(([name, settings]) => settings ? [{
  name,
  settings,
  librosa: asLibrosaCall(settings),
  torchaudio: settings.stft.nFft % 2 ? null : asTorchaudioCall(settings),
}] : []);
console.log(JSON.stringify(cases));
"""


# Of a chain's result, every so many numbers are kept.
EVERY = 13


def clip(samples):
    t = np.arange(samples)
    return (((t * 7919) % 2003 / 2003 - 0.5) * ((t % 300) / 300)).astype(np.float32)


def run(text, y):
    names = {"y": y}
    exec(compile(text, "<program>", "exec"), names)
    last = next(names[name] for name in ("mfcc", "mel_db", "mel") if name in names)
    return np.asarray(last, dtype=np.float64).T


def chains():
    node = subprocess.run(
        [root / "node_modules/.bin/node", "--input-type=module", "-e", programs],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    cases = json.loads(node.stdout)
    y = clip(600).astype(np.float64)
    for case in cases:
        result = run(case["librosa"], y)
        if case["torchaudio"]:
            theirs = run(case["torchaudio"], y)
            assert np.allclose(theirs, result, rtol=1e-8, atol=1e-8), case["name"]
            result = theirs
        if case["name"] == "torchaudio-mfcc":
            result = torchaudio.transforms.MFCC()(torch.from_numpy(y)).numpy().T
        if case["name"] == "torchaudio-mel":
            mel = torchaudio.transforms.MelSpectrogram()(torch.from_numpy(y))
            result = torchaudio.transforms.AmplitudeToDB()(mel).numpy().T
        case["result"] = {"shape": [*result.shape, 1], "every": EVERY, "data": numbers(result.reshape(-1)[::EVERY])}
    return cases


print(
    json.dumps(
        {
            "scales": scales(),
            "filterbanks": filterbanks(),
            "odd": odd(),
            "dcts": dcts(),
            "decibels": decibels(),
            "samples": 600,
            "chains": chains(),
        },
        separators=(",", ":"),
    )
)
