/** The four ways to make a picture smaller that the chapter compares, and the schema of their settings. */
import { type Coordinates, checkInterpolation, type Interpolation } from '@/lib/dsp/interpolate';
import { resizeKind } from '@/lib/layers/resize';
import type { ChoiceParameter, NumberParameter } from '@/lib/parameters';

/** `antialiased` is bilinear with antialias. */
export type Way = 'nearest' | 'bilinear' | 'area' | 'antialiased';

export const ways: readonly Way[] = ['nearest', 'bilinear', 'area', 'antialiased'];

export interface WaySettings {
  readonly way: Way;
  readonly coordinates: Coordinates;
}

export const wayParameter: ChoiceParameter<Way> = {
  kind: 'choice',
  label: 'method',
  help: 'Which old cells make a new one, and how much each of them counts.',
  choices: ways,
  default: 'bilinear',
};

export const coordinatesParameter = resizeKind.parameters.coordinates;

/** So many cells along each side. */
export const cellsParameter: NumberParameter = {
  kind: 'integer',
  label: 'cells',
  help: 'How many cells the small picture has along each side; fewer are larger.',
  min: 2,
  max: 128,
  default: 32,
};

export function interpolationOf(way: Way, coordinates: Coordinates = 'half-pixel'): Interpolation {
  const antialias = way === 'antialiased';
  return { method: antialias ? 'bilinear' : way, coordinates, antialias };
}

/** @throws ParameterError where the two have no meaning together */
export function checkWay({ way, coordinates }: WaySettings): void {
  checkInterpolation(interpolationOf(way, coordinates));
}
