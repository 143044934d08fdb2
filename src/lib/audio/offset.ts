/**
 * The offset (DC) of a recording: many converters add a constant to all samples. It cannot be heard, but a spectrogram
 * shows it as energy at 0 Hz, so it is taken out before a clip goes into a model.
 */

/** The samples without their mean, in a new array; an empty clip stays empty. */
export function removeOffset(samples: Float32Array): Float32Array {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i];
  const mean = sum / Math.max(1, samples.length);
  return samples.map((sample) => sample - mean);
}
