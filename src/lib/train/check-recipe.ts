/** Whether a recipe makes sense, before hours are spent on it. */
import { ParameterError } from '../errors.ts';
import type { Range, Recipe } from './recipe.ts';

/** Checks what a recipe cannot mean. Throws ParameterError that names the setting. */
export function checkRecipe(recipe: Recipe): void {
  const check = (name: string, value: unknown, holds: boolean, need: string): void => {
    if (holds) return;
    throw new ParameterError(name, `The recipe "${recipe.name}" has ${name} ${value}, but it must be ${need}.`);
  };
  const whole = (name: string, value: number, least: number): void =>
    check(name, value, Number.isInteger(value) && value >= least, `a whole number from ${least}`);
  const within = (name: string, value: number, least: number, most: number): void =>
    check(name, value, value >= least && value <= most, `a number from ${least} to ${most}`);
  /** `above`: what both ends must exceed, 0 where numbers are drawn on a logarithmic scale. */
  const range = (name: string, { min, max }: Range, above = Number.NEGATIVE_INFINITY): void =>
    check(
      name,
      `${min} to ${max}`,
      above < min && min <= max,
      `a range from low to high${above === 0 ? ' above 0' : ''}`,
    );

  const { architecture, augment, before, optimiser, sampling, shard, batch } = recipe;
  whole('epochs', recipe.epochs, 1);
  whole('examplesPerEpoch', recipe.examplesPerEpoch, 0);
  whole('patience', recipe.patience, 0);
  whole('validateEvery', recipe.validateEvery ?? 1, 1);
  whole('labels', recipe.labels ?? 1, 1);
  whole('shard', shard, 1);
  check('batch', batch, batch >= shard && batch % shard === 0, `a multiple of the shard, ${shard}`);
  within('labelSmoothing', recipe.labelSmoothing, 0, 1);
  within('averageDecay', recipe.averageDecay, 0, 1);
  within('warmUp', optimiser.warmUp, 0, 1);
  within('finalShare', optimiser.finalShare, 0, 1);

  const { classes } = architecture;
  const sounds = Object.values(recipe.sounds ?? {});
  const noises = recipe.noise?.classes ?? [];
  for (const name of [recipe.silence, recipe.unknown, ...sounds, ...noises, ...Object.keys(sampling.shares)]) {
    if (name) check('classes', classes.join(', '), classes.includes(name), `a list that holds "${name}"`);
  }
  const shares = Object.values(sampling.shares);
  const sum = shares.reduce((total, share) => total + share, 0);
  check('shares', shares.join(', '), shares.every((share) => share >= 0) && sum <= 1, 'shares that sum to 1 at most');

  const stages = architecture.stages.map(({ name }) => name);
  const marks = [...(recipe.spectrogram === undefined ? [] : [recipe.spectrogram]), recipe.picture, recipe.logits];
  const places = marks.map((name) => stages.indexOf(name));
  const [picture, logits] = places.slice(-2);
  const quoted = marks.map((name) => `"${name}"`);
  check(
    'stages',
    stages.join(', '),
    places[0] >= 0 && places[0] <= picture && picture < logits,
    `a list that holds ${quoted.slice(0, -1).join(', ')} and ${quoted[quoted.length - 1]}, in this order`,
  );

  if (before) {
    checkRecipe(before);
    const same = JSON.stringify(before.architecture) === JSON.stringify(architecture);
    check('before', `of "${before.architecture.name}"`, same, 'of the same architecture');
  }

  within('speed', augment.speed, 0, 0.9);
  within('roll', augment.roll ?? 0, 0, 1);
  within('warp', augment.warp, 0, recipe.spectrogram === undefined ? 0 : 0.9);
  for (const name of ['noise', 'floor', 'mixup'] as const) within(name, augment[name].probability, 0, 1);
  range('gain', augment.gain, 0);
  range('level of the floor', augment.floor.level, 0);
  within('sourceExponent', sampling.sourceExponent ?? 1, 0, 1);
  const { silence, fill, band } = augment;
  const made = recipe.silence !== undefined;
  check(
    'silence',
    silence && 'given',
    made === (silence !== undefined),
    made ? 'given' : 'left out without such a class',
  );
  if (silence) within('zeros', silence.zeros, 0, 1);
  if (silence) range('level of the silence', silence.level, 0);
  if (fill) within('fill', fill.probability, 0, 1);
  if (fill) range('level of the filling', fill.level, 0);
  if (band) within('band', band.probability, 0, 1);
  if (band) range('lowest frequency of the band', band.lowest, 0);
  if (band) range('highest frequency of the band', band.highest, 0);
  range('snr', augment.noise.snr);
}
