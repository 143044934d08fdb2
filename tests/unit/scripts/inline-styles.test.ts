import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inlineStyles } from '../../../scripts/inline-styles.mjs';

const policy = `<meta http-equiv="content-security-policy" content="style-src 'self' 'sha256-a=';">`;
const link = (name: string) => `<link rel="stylesheet" href="/_astro/${name}.css">`;
const sheets: Record<string, string> = { '/_astro/a.css': 'a{color:red}\n', '/_astro/b.css': 'b{content:"$&"}' };
const read = (address: string) => sheets[address] ?? '';

describe('the styles within the page', () => {
  it('stand in their order where the first of them was linked, and are allowed by their hash', () => {
    const html = `<head>${policy}${link('a')}<title>T</title>${link('b')}</head>`;
    const css = 'a{color:red}b{content:"$&"}';
    const hash = createHash('sha256').update(css).digest('base64');
    expect(inlineStyles(html, read)).toBe(
      `<head>${policy.replace("'self'", `'self' 'sha256-${hash}'`)}<style>${css}</style><title>T</title></head>`,
    );
  });

  it('are none where the page links none', () => {
    expect(inlineStyles('<head></head>', read)).toBe('<head></head>');
  });

  it('are refused where they would end their element, or where no policy could allow them', () => {
    expect(() => inlineStyles(policy + link('a'), () => 'a{content:"</style>"}')).toThrow('</style>');
    expect(() => inlineStyles(link('a'), read)).toThrow('policy');
  });
});
