/** Pointing at a symbol's name lights it up in its formula, and in the figures that ask `isLit`. */
import { effect } from '@preact/signals';
import { type Lit, lit } from './lit.ts';

for (const block of document.querySelectorAll<HTMLElement>('[data-formula]')) {
  const formula = block.dataset.formula ?? '';
  for (const name of block.querySelectorAll<HTMLElement>('[data-symbol]')) {
    const symbol = name.dataset.symbol ?? '';
    const isThis = (found: Lit | undefined) => found?.formula === formula && found.symbol === symbol;
    const light = () => {
      lit.value = { formula, symbol };
    };
    const out = () => {
      if (isThis(lit.value)) lit.value = undefined;
    };
    name.addEventListener('pointerenter', light);
    name.addEventListener('pointerleave', out);
    name.addEventListener('focus', light);
    name.addEventListener('blur', out);
    // A finger neither hovers nor, in every browser, focuses what it presses.
    name.addEventListener('click', light);
    effect(() => {
      const on = isThis(lit.value);
      name.classList.toggle('lit', on);
      for (const part of block.querySelectorAll(`.katex .s-${CSS.escape(symbol)}`)) part.classList.toggle('lit', on);
    });
  }
}
