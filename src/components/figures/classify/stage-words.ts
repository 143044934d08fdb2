/** What each kind of layer does, in words for someone who meets it for the first time. */
const sentences: Readonly<Record<string, string>> = {
  denoise:
    'What stays alike through the whole clip is taken for noise: a frequency that is no louder than in the first moments of the clip is turned down there.',
  trim: 'Silence before and after the sound is cut off; what is kept moves to the front, and zeros follow.',
  spectrogram:
    'The sound is cut into short slices that overlap. Each column is one slice; each row asks how much of one pitch is in it. Brighter is louder: 0 dB is the loudest cell, and every 20 dB less is a tenth of its size.',
  mel: 'The rows are gathered into fewer bands that lie as we hear them: narrow where the pitch is low, wide where it is high. Each band is a weighted sum of its rows.',
  decibels: 'Each cell becomes its level in decibels: a tenth of the power is 10 dB less, however loud the sound is.',
  dct: 'Each column becomes a sum of cosines: the first ones say how the energy is spread over low and high, the later ones how it ripples.',
  resize:
    'The same picture in fewer cells. Each new cell is a weighted mean of the old ones near its place, so that the network has less to look at.',
  power: 'What is faint is lifted and what is loud held down: each cell becomes its own root.',
  log: 'What is faint is lifted and what is loud held down: each cell becomes its logarithm.',
  normalise:
    'Loud and faint recordings are made alike: from each cell the mean is taken away, and the rest is divided by the spread. Orange is above the mean, blue below it.',
  'min-max': 'Loud and faint recordings are made alike: the least cell becomes 0, the greatest 1.',
  'mean-over-time':
    'Of each row the mean over all columns is taken: how strong each frequency is in the clip as a whole, no matter when.',
  conv1d:
    'A short window of weights slides along the series. At each place every number under it is multiplied by its weight, and the products are added up. Each channel has weights of its own, so each answers to another pattern.',
  conv2d:
    'A small window of weights slides over the picture. At each place every cell under it is multiplied by its weight, and the products are added up. Each map has weights of its own, so each answers to another pattern.',
  'depthwise-conv2d':
    'A small window of weights slides over each map by itself: maps are not mixed. A convolution with a window of one cell mixes them afterwards; the two together need far fewer weights than one full convolution.',
  'transposed-conv2d':
    'A convolution turned around: each cell spreads over a small window of weights, so that the picture grows.',
  'batch-norm':
    'Each map is then multiplied by one number and shifted by another (batch normalisation), which were fixed when training ended.',
  sum: 'Two ways meet: what the block computed is added to what went around it, cell by cell. The block only had to learn what is to be added.',
  'global-average-pool':
    'Of each map the mean over all its cells is taken: how much of its pattern there is in the whole picture, no matter where.',
  transpose: 'Rows become columns: what follows goes along the frequencies and reads all moments at once.',
  lstm: 'The series is gone through step by step. Each unit keeps a memory; gates, which are weighted sums themselves, say how much of it is forgotten, what is added, and how much is shown.',
  'max-pool1d': 'Of each few neighbours only the largest is kept: that a pattern was there counts more than when.',
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
