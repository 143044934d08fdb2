/** Tones one after the other, as sound. */
export const toneRate = 44100;
/** Of each tone, and of the silence between two, seconds. */
const lengths = { tone: 0.6, pause: 0.12, fade: 0.02 };
const amplitude = 0.2;

/** Pure tones of these frequencies in Hz, each faded in and out so that nothing clicks. */
export function tones(frequencies: readonly number[]): Float32Array {
  const [tone, pause, fade] = [lengths.tone, lengths.pause, lengths.fade].map((s) => Math.round(s * toneRate));
  const samples = new Float32Array(frequencies.length * (tone + pause));
  for (const [index, hertz] of frequencies.entries()) {
    for (let t = 0; t < tone; t++) {
      const edge = Math.min(1, t / fade, (tone - 1 - t) / fade);
      const gain = amplitude * Math.sin((Math.PI / 2) * edge) ** 2;
      samples[index * (tone + pause) + t] = gain * Math.sin((2 * Math.PI * hertz * t) / toneRate);
    }
  }
  return samples;
}
