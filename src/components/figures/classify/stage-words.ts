/** What each kind of layer does, in words for someone who meets it for the first time. */
const sentences: Readonly<Record<string, string>> = {
  spectrogram:
    'The sound is cut into short slices that overlap. Each column is one slice; each row asks how much of one pitch is in it. Brighter is louder: 0 dB is the loudest cell, and every 20 dB less is a tenth of its size.',
  resize:
    'The same picture in fewer cells. Each new cell is a weighted mean of the old ones near its place, so that the network has less to look at.',
  power: 'What is faint is lifted and what is loud held down: each cell becomes its own root.',
  log: 'What is faint is lifted and what is loud held down: each cell becomes its logarithm.',
  normalise:
    'Loud and faint recordings are made alike: from each cell the mean is taken away, and the rest is divided by the spread. Orange is above the mean, blue below it.',
  'min-max': 'Loud and faint recordings are made alike: the least cell becomes 0, the greatest 1.',
  conv2d:
    'A small window of weights slides over the picture. At each place every cell under it is multiplied by its weight, and the products are added up. Each map has weights of its own, so each answers to another pattern.',
  'max-pool2d': 'Of each block of cells only the largest is kept: that a pattern was there counts more than where.',
  dense: 'Every cell before it has a vote: its value times a weight. Each unit adds up all the votes.',
  relu: 'Sums below zero become 0 (this is called ReLU).',
  softmax:
    'The last sums, called logits, become shares of one whole: e to the power of each, divided by the sum of all. They must add up to 100 per cent, so something is always named.',
};
const waveform =
  'The air pressure at the microphone, measured thousands of times a second. This is all that the network gets.';

/** @param types the kinds of the layers of one entry, in order; none for the waveform */
export function stageWords(types: readonly string[]): string {
  if (types.length === 0) return waveform;
  return types.flatMap((type) => sentences[type] ?? []).join(' ');
}
