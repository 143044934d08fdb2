// Writes each page's style sheets into the page: the first paint then waits for one file alone. Astro can do so itself,
// but leaves the sheets of a chapter's own figures out of the content security policy; here every sheet is in it.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const link = /<link rel="stylesheet" href="([^"]+)">/g;

/**
 * The page with its style sheets as one <style> element, where the first of them stood, and allowed by the page's policy.
 * @param {string} html
 * @param {(address: string) => string} read gives a sheet by its address
 */
export function inlineStyles(html, read) {
  const sheets = [...html.matchAll(link)].map(([, address]) => read(address).trim());
  if (sheets.length === 0) return html;
  const css = sheets.join('');
  if (/<\/style/i.test(css)) throw new Error('A style sheet holds </style>, which would end its element in the page.');
  const hash = createHash('sha256').update(css).digest('base64');
  const policy = "style-src 'self'";
  if (!html.includes(policy)) throw new Error(`The page has no policy with ${policy}, so its styles would be refused.`);
  let place = `<style>${css}</style>`;
  return html.replace(policy, `${policy} 'sha256-${hash}'`).replaceAll(link, () => {
    const here = place;
    place = '';
    return here;
  });
}

/** The step of the build that does so to every page. */
export function inlinedStyles() {
  return {
    name: 'inlined-styles',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const folder = fileURLToPath(dir);
        const read = (address) => readFileSync(join(folder, address), 'utf8');
        for (const name of readdirSync(folder, { recursive: true })) {
          const file = join(folder, String(name));
          if (file.endsWith('.html')) writeFileSync(file, inlineStyles(readFileSync(file, 'utf8'), read));
        }
      },
    },
  };
}
