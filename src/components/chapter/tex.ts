import katex from 'katex';

/** A formula in TeX as HTML with MathML beside it, set while the site is built. Throws at what KaTeX cannot read. */
export const tex = (source: string): string => katex.renderToString(source, { strict: 'error', throwOnError: true });
