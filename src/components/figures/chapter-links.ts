/** The written chapters, by number, and which of them explains what: stages of the network lead to theirs. */

/** The address of each written chapter. */
export type ChapterLinks = Readonly<Record<number, string>>;

/** The chapter about each kind of layer. */
const chapterOf: Readonly<Record<string, number>> = {
  waveform: 1,
  spectrogram: 3,
  mel: 4,
  dct: 4,
  resize: 5,
  normalise: 6,
  'min-max': 6,
  conv2d: 7,
  'max-pool2d': 7,
  flatten: 8,
  dense: 8,
  softmax: 8,
};

/**
 * The written chapter that explains stages of these kinds: that of the first that has one.
 * @param types the kinds of the layers, in order; none for the waveform
 */
export function chapterFor(
  types: readonly string[],
  links: ChapterLinks,
): { readonly number: number; readonly href: string } | undefined {
  for (const type of types.length > 0 ? types : ['waveform']) {
    const number = chapterOf[type];
    if (number !== undefined && links[number]) return { number, href: links[number] };
  }
  return undefined;
}
