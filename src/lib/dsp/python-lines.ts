/**
 * Lines of Python for what a library leaves to the caller: padding, windows and decibels, by hand in NumPy and SciPy.
 * `stft-call.ts` puts them together.
 */
import type { StftOptions } from './frames.ts';
import type { DecibelOptions } from './scale.ts';
import type { WindowName } from './window.ts';

/** The names of windows in scipy.signal.get_window, and in librosa. */
export const scipyWindow: Readonly<Record<WindowName, string>> = {
  hann: 'hann',
  hamming: 'hamming',
  blackman: 'blackman',
  rectangular: 'boxcar',
};

/** The names of paddings in numpy.pad, and in librosa. */
export const numpyPad = { reflect: 'reflect', constant: 'constant', replicate: 'edge' } as const;

export function python(value: boolean | number | null): string {
  if (value === null) return 'None';
  return typeof value === 'number' ? String(value) : value ? 'True' : 'False';
}

/** A call with each argument on its own line. */
export function assign(to: string, call: string, args: readonly string[]): string[] {
  return [`${to} = ${call}(`, ...args.map((argument) => `    ${argument},`), ')'];
}

export function windowIsAtStart({ placement, winLength, nFft }: StftOptions): boolean {
  return placement === 'start' || winLength === nFft;
}

export function windowIsInCentre({ placement, winLength, nFft }: StftOptions): boolean {
  return placement === 'centre' || winLength === nFft;
}

export function unscaledWindow({ window, winLength, periodic }: StftOptions): string[] {
  return [`window = scipy.signal.get_window("${scipyWindow[window]}", ${winLength}, fftbins=${python(periodic)})`];
}

/** To scale the window is to scale every spectrum. */
export function scaledWindow(stft: StftOptions): string[] {
  const scaled = {
    none: [],
    'window-sum': ['window = window / window.sum()'],
    'window-energy': ['window = window / np.sqrt((window**2).sum())'],
    'frame-length': [`window = window / np.sqrt(${stft.nFft})`],
  }[stft.scaling];
  return [...unscaledWindow(stft), ...scaled];
}

/** Zeros around the window, for a call that puts windows at the start of the FFT. */
export function centreWindow(call: string, { winLength, nFft }: StftOptions): string[] {
  const left = Math.floor((nFft - winLength) / 2);
  return [
    `# ${call} puts a short window at the start of the FFT; here it is in the middle.`,
    `window = np.pad(window, (${left}, ${nFft - winLength - left}))`,
  ];
}

/** Zeros behind the window, for a call that puts windows into the middle of the FFT. */
export function startWindow(call: string, { winLength, nFft }: StftOptions, pad = 'np.pad'): string[] {
  return [
    `# ${call} puts a short window into the middle of the FFT; here it is at the start.`,
    `window = ${pad}(window, (0, ${nFft - winLength}))`,
  ];
}

/**
 * The clip before a call that puts windows into the middle of the FFT and reads n_fft samples a frame, as those of librosa
 * and torch do; `centre` tells whether it is left to the call to pad the edges.
 */
export function padForCentred(
  call: string,
  stft: StftOptions,
): { readonly clip: readonly string[]; readonly centre: boolean } {
  const inCentre = windowIsInCentre(stft);
  const why = [
    ...(stft.centre && !inCentre ? [`# ${call} would pad by half the FFT, not half the window: pad by hand.`] : []),
    ...(stft.padEnd !== 'none' ? [`# ${call} does not fill up the end of the clip: pad by hand.`] : []),
  ];
  const behind = [
    '# A frame takes as many samples as the FFT has; the zeros behind let the last windows fit.',
    `y = np.pad(y, (0, ${stft.nFft - stft.winLength}))`,
  ];
  return {
    clip: [...why, ...(why.length ? padAll(stft) : []), ...(inCentre ? [] : behind)],
    centre: stft.centre && why.length === 0,
  };
}

/** All the padding of the clip: of its edges, then of its end. */
export function padAll(stft: StftOptions): string[] {
  return [
    ...(stft.centre ? [padEdges(stft)] : []),
    ...(stft.padEnd === 'last-frame' ? [padLast(stft)] : []),
    ...(stft.padEnd === 'every-hop' ? [padEveryHop(stft)] : []),
  ];
}

/** Both edges, by half a frame. */
export function padEdges(stft: StftOptions): string {
  return `y = np.pad(y, ${Math.floor(frameLength(stft) / 2)}, mode="${numpyPad[stft.padMode]}")`;
}

/** Zeros that bring the last samples into a frame. */
export function padLast(stft: StftOptions): string {
  const frame = frameLength(stft);
  return `y = np.pad(y, (0, max(${frame} - len(y), (${frame} - len(y)) % ${stft.hopLength})))`;
}

/** Zeros that let a frame start at every hop. */
function padEveryHop(stft: StftOptions): string {
  const { hopLength } = stft;
  return `y = np.pad(y, (0, max(0, (len(y) - 1) // ${hopLength} * ${hopLength} + ${frameLength(stft)} - len(y))))`;
}

/** How many samples a frame needs to fit, as in `frames.ts`. */
function frameLength({ placement, winLength, nFft }: StftOptions): number {
  return placement === 'start' ? winLength : nFft;
}

export function decibelSettings(power: 1 | 2, decibels: DecibelOptions | null): Required<DecibelOptions> {
  return { ref: 1, amin: power === 2 ? 1e-10 : 1e-5, topDb: 80, ...decibels };
}

export function decibelsByHand(library: string, power: 1 | 2, decibels: DecibelOptions | null): string[] {
  if (!decibels) return [];
  const { ref, amin, topDb } = decibelSettings(power, decibels);
  const zero = ref === 'max' ? `max(${amin}, S.max())` : Math.max(amin, ref);
  return [
    `# ${library} has no decibels: those of librosa.${power === 2 ? 'power' : 'amplitude'}_to_db, by hand.`,
    `S_db = ${power === 2 ? 10 : 20} * np.log10(np.maximum(${amin}, S) / ${zero})`,
    ...(topDb === null ? [] : [`S_db = np.maximum(S_db, S_db.max() - ${topDb})`]),
  ];
}
