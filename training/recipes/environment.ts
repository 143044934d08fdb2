/** The fifty sounds of ESC-50: log-mel and ResNet-18 (He et al., 2016) at a quarter of its width. */
import type { Architecture, StageSpec } from '../../src/lib/model/architecture.ts';
import type { Recipe } from '../../src/lib/train/recipe.ts';
import { adamW } from './adam-w.ts';
import { classifier, logMel, residualBlock, stem } from './blocks.ts';
import { esc50, escNotes, fiveSeconds } from './esc-50.ts';

const WIDTHS = [16, 32, 64, 128];

/** Four groups of two blocks; each group but the first halves the picture and doubles the channels. */
function groups(): StageSpec[] {
  let input = 'stem-relu';
  return WIDTHS.flatMap((width, group) =>
    [1, 2].flatMap((number) => {
      const changes = group > 0 && number === 1;
      const name = `group${group + 1}-block${number}`;
      const block = residualBlock(name, input, width, changes ? 2 : 1, changes);
      input = `${name}-relu2`;
      return block;
    }),
  );
}

const classes = [
  'airplane',
  'breathing',
  'brushing_teeth',
  'can_opening',
  'car_horn',
  'cat',
  'chainsaw',
  'chirping_birds',
  'church_bells',
  'clapping',
  'clock_alarm',
  'clock_tick',
  'coughing',
  'cow',
  'crackling_fire',
  'crickets',
  'crow',
  'crying_baby',
  'dog',
  'door_wood_creaks',
  'door_wood_knock',
  'drinking_sipping',
  'engine',
  'fireworks',
  'footsteps',
  'frog',
  'glass_breaking',
  'hand_saw',
  'helicopter',
  'hen',
  'insects',
  'keyboard_typing',
  'laughing',
  'mouse_click',
  'pig',
  'pouring_water',
  'rain',
  'rooster',
  'sea_waves',
  'sheep',
  'siren',
  'sneezing',
  'snoring',
  'thunderstorm',
  'toilet_flush',
  'train',
  'vacuum_cleaner',
  'washing_machine',
  'water_drops',
  'wind',
];

/** @param more what comes between the log-mel picture and the network */
function architectureOf(name: string, more: readonly StageSpec[] = []): Architecture {
  return {
    format: 'kuulo-architecture-1',
    name,
    input: fiveSeconds,
    classes,
    stages: [
      ...logMel(
        { winLength: 800, hopLength: 400, nFft: 1024, centre: true },
        { sampleRate: 16000, nMels: 64, fMin: 20, fMax: 8000 },
      ),
      ...more,
      ...stem(WIDTHS[0], [3, 3], [2, 2]),
      ...groups(),
      ...classifier(classes.length, 0.2),
    ],
  };
}

export const environment: Recipe = {
  name: 'environment',
  task: 'Names which of fifty everyday sounds is heard in five seconds.',
  architecture: architectureOf('environment'),
  spectrogram: 'mel',
  picture: 'normalised',
  logits: 'dense',
  seed: 1,
  epochs: 100,
  examplesPerEpoch: 0,
  batch: 32,
  shard: 16,
  labelSmoothing: 0.1,
  averageDecay: 0.998,
  optimiser: adamW(3e-3, 0.05, 0.05),
  sampling: { exponent: 0, shares: {} },
  augment: {
    roll: 1,
    shift: 0,
    speed: 0.1,
    gain: { min: 0.1, max: 2 },
    fill: { probability: 0.5, level: { min: 1e-5, max: 1e-3 } },
    noise: { probability: 0, snr: { min: 10, max: 30 } },
    floor: { probability: 0.5, level: { min: 1e-5, max: 1e-3 } },
    warp: 0.05,
    timeMasks: { count: 2, width: 24 },
    frequencyMasks: { count: 2, width: 8 },
    mixup: { probability: 0.8, alpha: 0.4 },
  },
  select: 'balancedAccuracy',
  validateEvery: 5,
  patience: 0,
  folder: 'environment',
  ...esc50,
  notes: escNotes,
  published: [
    {
      name: 'Piczak’s convolutional network, 2015',
      accuracy: 0.645,
      source: 'https://doi.org/10.1109/MLSP.2015.7324337',
    },
    {
      name: 'the same with batch-norm (Tokozume and others, 2018)',
      accuracy: 0.724,
      source: 'https://openreview.net/forum?id=B1Gi6LeRZ',
    },
    {
      name: 'the same with batch-norm and between-class learning (Tokozume and others, 2018)',
      accuracy: 0.769,
      source: 'https://openreview.net/forum?id=B1Gi6LeRZ',
    },
    { name: 'human listeners', accuracy: 0.813, source: 'https://doi.org/10.1145/2733373.2806390' },
  ],
};

/** The same on 40 mel-frequency cepstral coefficients instead of 64 mel bands. */
export const environmentMfcc: Recipe = {
  ...environment,
  name: 'environment-mfcc',
  architecture: architectureOf('environment-mfcc', [{ name: 'mfcc', type: 'dct', config: { nMfcc: 40 } }]),
  picture: 'mfcc',
};
