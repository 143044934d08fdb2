/** A model's stages in a few words: "spectrogram, resized, compressed, normalised, 2 × convolution, pooled, dense". */
import { entriesOf, type ModelShell } from './entries.ts';

/** From the sound to the answers, which are left out; a run of residual blocks counts as one. */
export function chainOf(shell: ModelShell): string {
  const links: { name: string; count: number }[] = [];
  let block: string | undefined;
  for (const entry of entriesOf(shell).slice(1, -1)) {
    if (entry.block !== undefined && entry.block === block) continue;
    block = entry.block;
    const name = block === undefined ? lower(entry.title.replace(/ \d+$/, '')) : 'residual block';
    const last = links.at(-1);
    if (last?.name === name) last.count++;
    else links.push({ name, count: 1 });
  }
  return links.map(({ name, count }) => (count > 1 ? `${count} × ${name}` : name)).join(', ');
}

/** In small letters, but for names such as MFCC. */
function lower(title: string): string {
  return /^[A-Z]{2}/.test(title) ? title : title.charAt(0).toLowerCase() + title.slice(1);
}
