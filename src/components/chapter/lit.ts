/** The symbol of a formula that the reader points at: figures light up what it means. */
import { signal } from '@preact/signals';

export interface Lit {
  /** The formula's number: "3.1". */
  readonly formula: string;
  /** The symbol's name in the formula: "w". */
  readonly symbol: string;
}

export const lit = signal<Lit | undefined>(undefined);

/** Whether a symbol of a formula is pointed at; read in a component, it is drawn anew when that changes. */
export function isLit(formula: string, symbol: string): boolean {
  return lit.value?.formula === formula && lit.value.symbol === symbol;
}
