import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { checkSite } from '../../../scripts/check-dist.mjs';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

/** Checks a site of these files, beside an empty page /classify/ with the heading #record. */
function check(files: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'site-'));
  folders.push(folder);
  for (const [name, content] of Object.entries({ 'classify/index.html': '<h2 id="record">Record</h2>', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return checkSite(folder);
}

describe('the check of the built site', () => {
  it.each([
    ['links within the site', '<a href="/classify/">a</a> <a href="/classify/#record">b</a> <a href="classify/">c</a>'],
    ['a link that the reader may follow elsewhere', '<a href="https://arxiv.org/abs/1804.03209">paper</a>'],
    ['a link to a state of a page', '<a href="/classify/#stage=conv1">Convolution 1</a>'],
    ['a popover that is there', '<button popovertarget="toc">Contents</button><nav id="toc" popover></nav>'],
    [
      'what a script or a comment merely mentions',
      '<script>"<a href=\'/gone/\'>"</script><!-- <img src="//x.org/a"> -->',
    ],
  ])('allows %s', (_, html) => {
    expect(check({ 'index.html': html }).faults).toEqual([]);
  });

  it.each([
    ['a dead link', '<a href="/chapters/1/">1</a>', /leads nowhere/],
    ['a link without its last slash', '<a href="/classify">Classify</a>', /leads nowhere/],
    ['a dead anchor', '<a href="/classify/#stop">stop</a>', /no #stop on \/classify\//],
    ['a dead anchor on the page itself', '<a href="#top">top</a>', /no #top/],
    ['a missing file', '<img src="/picture.png">', /leads nowhere/],
    ['a script from elsewhere', '<script src="https://cdn.example/a.js"></script>', /another host/],
    ['a font from elsewhere', '<link rel="preload" href="//fonts.example/a.woff2">', /another host/],
    ['a popover that is not there', '<button popovertarget="toc">Contents</button>', /no element has the id toc/],
    ['a formula with a fault', '<span class="katex-error" title="Expected }">x</span>', /Expected }/],
    ['a formula with an unknown command', '<span style="color:#cc0000;">\\foo</span>', /does not know \\foo/],
  ])('refuses %s', (_, html, complaint) => {
    const { faults } = check({ 'index.html': html });
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatch(complaint);
  });

  it('refuses a style sheet that asks another host', () => {
    const { faults } = check({ 'a.css': '@font-face{src:url(https://fonts.example/a.woff2)}' });
    expect(faults).toEqual(['/a.css: https://fonts.example/a.woff2 is on another host']);
  });

  it('counts each script once with all that it imports, and refuses more than 150 kB', () => {
    const island = '<astro-island component-url="/a.js" renderer-url="/r.js" client="visible"></astro-island>';
    const files = {
      'index.html': `<script type="module" src="/a.js"></script>${island}`,
      'a.js': 'import{x}from"./deep/b.js";import("./later.js")',
      'deep/b.js': `import"../r.js";export const x="${randomBytes(20_000).toString('base64')}"`,
      'r.js': 'export default 1',
      'later.js': `"${randomBytes(200_000).toString('base64')}"`,
    };
    const small = check(files);
    expect(small.faults).toEqual([]);
    expect(small.scripts.get('/index.html')).toBeGreaterThan(20_000);
    expect(small.scripts.get('/index.html')).toBeLessThan(25_000);
    const large = check({ ...files, 'a.js': 'import"./deep/b.js";import"./later.js"' });
    expect(large.faults).toHaveLength(1);
    expect(large.faults[0]).toMatch(/more than 150\.0 kB\. Largest: \/later\.js/);
  });
});
