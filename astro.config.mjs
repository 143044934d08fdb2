import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unified } from '@astrojs/markdown-remark';
import mdx from '@astrojs/mdx';
import preact from '@astrojs/preact';
import { defineConfig } from 'astro/config';
import rehypeKatex from 'rehype-katex';
import remarkMath from 'remark-math';
import { figuresWithoutScript } from './scripts/figures-without-script.mjs';
import { inlinedStyles } from './scripts/inline-styles.mjs';
import painted from './scripts/painted.mjs';
import { searchIndex } from './scripts/search-index.mjs';

/** The one inline script that Astro does not hash itself: the layout writes this file into the head as it is. */
const first = createHash('sha256').update(readFileSync('src/components/frame/first.js')).digest('base64');

/** Formulas may name their symbols, \\htmlClass{s-w}{w}, so that a page can point at them; nothing else of HTML. */
const isSymbolName = ({ command, class: name }) => command === '\\htmlClass' && /^s-\w+$/.test(name);
const strictness = (code) => (code === 'htmlExtension' ? 'ignore' : 'error');

/**
 * What many islands share comes in three files instead of a hundred small ones, each of which would cost a round trip:
 * the frame of every page, what draws, and what only chapters have.
 */
const codeSplitting = {
  groups: [
    { name: 'frame', priority: 3, test: /components\/controls\/(ClipBar|HeadTrace)|reader\/(progress|theme)|preact/ },
    { name: 'plots', priority: 2, minShareCount: 4, test: /components\/plots\/[\w-]+\.tsx?$/ },
    { name: 'chapter', priority: 1, minShareCount: 8, test: /components\/chapter\// },
  ],
};

/** KaTeX offers each font in three formats; every browser that runs this book reads the first. */
const woff2Alone = {
  name: 'woff2-alone',
  enforce: 'pre',
  transform: (code, id) =>
    id.endsWith('katex.min.css') ? code.replaceAll(/,url\([^)]*\) format\("(?:woff|truetype)"\)/g, '') : undefined,
};

export default defineConfig({
  output: 'static',
  trailingSlash: 'always',
  devToolbar: { enabled: false },
  build: { inlineStylesheets: 'never' },
  integrations: [mdx(), preact(), painted(), searchIndex(), inlinedStyles()],
  markdown: {
    syntaxHighlight: false,
    processor: unified({
      remarkPlugins: [remarkMath, figuresWithoutScript],
      rehypePlugins: [[rehypeKatex, { strict: strictness, throwOnError: true, trust: isSymbolName }]],
    }),
  },
  security: {
    csp: {
      directives: [
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "worker-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
      ],
      // KaTeX and server-rendered islands write style attributes. Of <style> elements the page's own is allowed, and the
      // one that Observable Plot puts into its charts, known by its hash (of version 0.6.17: the browser tests watch it).
      styleDirective: {
        hashes: ['sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww='],
        resources: [{ resource: "'unsafe-inline'", kind: 'attribute' }],
      },
      scriptDirective: { hashes: [`sha256-${first}`], resources: ["'self'", "'wasm-unsafe-eval'"] },
    },
  },
  vite: {
    plugins: [woff2Alone],
    worker: { format: 'es' },
    build: { assetsInlineLimit: 0, target: 'es2022' },
    environments: { client: { build: { rolldownOptions: { output: { codeSplitting } } } } },
  },
});
