/** The model that the reader chose, as the address says it: /classify/?model=digits. */
import { computed, signal } from '@preact/signals';
import type { ModelSummary } from './summaries.ts';

/** What the address has to call no model by name for. */
const usual = 'keywords';

/** All models that the site was built with. */
export const models = signal<readonly ModelSummary[]>([]);
/** The name that the address gives; it may be of no model that is there. */
const asked = signal(usual);

export const chosen = computed<ModelSummary | undefined>(
  () => models.value.find(({ name }) => name === asked.value) ?? usualOf(models.value),
);
/** A name in the address that no model has. */
export const unknownModel = computed(() =>
  models.value.length > 0 && !models.value.some(({ name }) => name === asked.value) ? asked.value : undefined,
);

/** The model that is opened where none is asked for: `keywords`, or the first there is. */
export function usualOf(all: readonly ModelSummary[]): ModelSummary | undefined {
  return all.find(({ name }) => name === usual) ?? all[0];
}

/** The address of the page with this model open. */
export function addressOf(name: string): string {
  return name === usual ? '/classify/' : `/classify/?model=${encodeURIComponent(name)}`;
}

/** Opens a model; the browser's way back leads to the one before. */
export function choose(name: string): void {
  if (name === chosen.value?.name) return;
  history.pushState(null, '', addressOf(name));
  readModel();
}

/** Takes the model from the address. */
export function readModel(): void {
  asked.value = new URLSearchParams(location.search).get('model') || usual;
}
