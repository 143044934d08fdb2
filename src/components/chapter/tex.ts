import katex from 'katex';

/** A formula in TeX as HTML with MathML beside it, set while the site is built. Throws at what KaTeX cannot read. */
export const tex = (source: string): string => katex.renderToString(source, { strict: 'error', throwOnError: true });

/** What a formula shows, as text without markup: the name of a control that shows nothing but it. */
export const textOf = (source: string): string =>
  katex
    .renderToString(source, { strict: 'error', throwOnError: true, output: 'html' })
    .replaceAll(/<[^>]+>|\u200b/g, '')
    .replaceAll('\u00a0', ' ');
