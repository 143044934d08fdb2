import { describe, expect, it } from 'vitest';
import { sectionsOf } from '../../../scripts/search-index.mjs';

const page = (main: string) =>
  `<header>Kuulo <nav>Contents</nav></header><main id="main">${main}</main><footer>x</footer>`;

describe('sectionsOf', () => {
  it('parts a chapter at its headings and knows its number', () => {
    const html = page(
      '<p class="chapter-no">3</p><h1>The spectrogram</h1><p>Which pitches?</p>' +
        '<h2 id="longer"><span class="no">3.1</span>A longer look</h2><p>How long&nbsp;should a slice be?</p><h3>Small</h3><p>More.</p>',
    );
    expect(sectionsOf(html, '/chapters/03-spectrogram/')).toEqual([
      { url: '/chapters/03-spectrogram/', page: 'The spectrogram', chapter: 3, section: '', text: '3 Which pitches?' },
      {
        url: '/chapters/03-spectrogram/#longer',
        page: 'The spectrogram',
        chapter: 3,
        section: '3.1 A longer look',
        text: 'How long should a slice be? Small. More.',
      },
    ]);
  });

  it.each([
    ['what is operated', '<button type="button">Reset</button><select><option>a</option></select>'],
    ['code and scripts', '<pre><code>let x;</code></pre><script>let y;</script><style>p{}</style>'],
    ['notes that open, and their links', '<span popover><b>hop</b> <span>A step.</span></span>'],
    ['ornament', '<span aria-hidden="true">⌊<span>t</span>⌋</span>'],
    ['what repeats other places', '<p data-no-search>See also <a href="/">this</a></p>'],
    ['the inside of a live figure', '<astro-island uid="1"><div>0.3 s<p>625 Hz</p></div></astro-island>'],
    ['scales', '<div class="a legend"><i>−70</i><i>0</i></div>'],
    ['comments', '<!-- <p>later</p> -->'],
  ])('leaves out %s', (_, html) => {
    expect(sectionsOf(page(`<h1>A</h1><p>before ${html} after</p>`), '/a/')).toEqual([
      { url: '/a/', page: 'A', section: '', text: 'before after' },
    ]);
  });

  it('reads the caption of a live figure', () => {
    const figure =
      '<astro-island><figure><i>0.3</i><figcaption><b>Figure 3.1</b> Your clip.</figcaption></figure></astro-island>';
    expect(sectionsOf(page(`<h1>A</h1>${figure}<p>Then.</p>`), '/a/')[0]?.text).toBe('Figure 3.1 Your clip. Then.');
  });

  it('reads short formulas, and says of long ones that they are there', () => {
    const formula = (tex: string) =>
      `<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">${tex}</annotation></semantics></math></span><span class="katex-html" aria-hidden="true"><span>x</span></span></span>`;
    const html = page(`<h1>A</h1><p>Of ${formula('n_fft')} and ${formula('\\sum_n x[n]\\,e^{-i}')}, two.</p>`);
    expect(sectionsOf(html, '/a/')[0]?.text).toBe('Of n_fft and …, two.');
  });

  it('reads entities, and a tag whose attribute holds a >', () => {
    expect(sectionsOf(page('<h1>A</h1><p title="a > b">1 &lt; 2 &amp; 3</p>'), '/a/')[0]?.text).toBe('1 < 2 & 3');
  });

  it('reads a list of names as one line', () => {
    const list =
      '<dl><div><dt>librosa</dt><dd><code>sr</code></dd></div><div><dt>torch</dt><dd>a</dd><dd>b</dd></div></dl>';
    const unnamed = '<dl><dt><button>x</button></dt><dd>the clip.</dd></dl>';
    expect(sectionsOf(page(`<h1>A</h1>${list}${unnamed}`), '/a/')[0]?.text).toBe('librosa: sr; torch: a; b; the clip.');
  });

  it('finds nothing where there is no main', () => {
    expect(sectionsOf('<p>x</p>', '/a/')).toEqual([]);
  });
});
