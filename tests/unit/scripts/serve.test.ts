import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../scripts/serve.mjs';

const sound = Uint8Array.from({ length: 1000 }, (_, i) => i % 251);

let folder: string;
let server: Server;
let url: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  const root = join(folder, 'dist');
  mkdirSync(join(root, 'classify'), { recursive: true });
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'dist-secret.txt'), 'secret');
  writeFileSync(join(root, 'index.html'), 'home');
  writeFileSync(join(root, '404.html'), 'missing');
  writeFileSync(join(root, 'classify', 'index.html'), 'classify');
  writeFileSync(join(root, 'clip.wav'), sound);
  writeFileSync(join(root, 'empty.json'), '');
  for (const name of ['a.wasm', 'a.safetensors', 'a.woff2', 'a.mjs']) writeFileSync(join(root, name), 'x');
  ({ server, url } = await serve({ root }));
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** The status and body of a request whose path is sent as it stands: fetch would resolve its dots. */
function raw(path: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((done, failed) => {
    const { port } = new URL(url);
    request({ host: '127.0.0.1', port, path }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => done({ status: response.statusCode, body }));
    })
      .on('error', failed)
      .end();
  });
}

describe('the static server', () => {
  it('gives a folder its page and sends a missing slash after it', async () => {
    expect(await (await fetch(`${url}/`)).text()).toBe('home');
    const moved = await fetch(`${url}/classify?model=keywords`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/classify/?model=keywords']);
    expect(await (await fetch(`${url}/classify`)).text()).toBe('classify');
  });

  it('never sends the reader to another host', async () => {
    const { status } = await raw('//classify');
    expect(status).toBe(308);
    const moved = await fetch(`${url}//classify`, { redirect: 'manual' });
    expect(moved.headers.get('location')).toBe('/classify/');
  });

  it.each([
    ['clip.wav', 'audio/wav'],
    ['a.wasm', 'application/wasm'],
    ['a.safetensors', 'application/octet-stream'],
    ['a.woff2', 'font/woff2'],
    ['a.mjs', 'text/javascript; charset=utf-8'],
    ['empty.json', 'application/json; charset=utf-8'],
  ])('names the type of %s', async (file, type) => {
    const response = await fetch(`${url}/${file}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(Number(response.headers.get('content-length'))).toBe((await response.arrayBuffer()).byteLength);
  });

  it('answers a missing file with the 404 page', async () => {
    for (const path of ['/nothing', '/clip.wav/', '/%E0%A4%A', '/a%00b']) {
      expect(await raw(path)).toEqual({ status: 404, body: 'missing' });
    }
  });

  it('gives nothing from outside its folder', async () => {
    for (const path of [
      '/../secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e/secret.txt',
      '/classify/../../secret.txt',
      '/../dist-secret.txt',
      '//../secret.txt',
      '/..\\secret.txt',
    ])
      expect((await raw(path)).body, path).toBe('missing');
  });

  it.each([
    ['bytes=0-9', 0, 10],
    ['bytes=990-', 990, 1000],
    ['bytes=-4', 996, 1000],
    ['bytes=900-5000', 900, 1000],
  ])('sends a part of a sound: %s', async (range, first, end) => {
    const response = await fetch(`${url}/clip.wav`, { headers: { range } });
    expect(response.status).toBe(206);
    expect(response.headers.get('content-range')).toBe(`bytes ${first}-${end - 1}/1000`);
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(sound.slice(first, end));
  });

  it('refuses a part that is not there, and sends all where the wish makes no sense', async () => {
    const beyond = await fetch(`${url}/clip.wav`, { headers: { range: 'bytes=1000-' } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */1000']);
    const whole = await fetch(`${url}/clip.wav`, { headers: { range: 'seconds=1-2' } });
    expect([whole.status, (await whole.arrayBuffer()).byteLength]).toEqual([200, 1000]);
  });

  it('answers HEAD without a body, and refuses what would change something', async () => {
    const head = await fetch(`${url}/clip.wav`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '1000', '']);
    expect((await fetch(`${url}/clip.wav`, { method: 'POST' })).status).toBe(405);
  });

  it('takes the next port where one is taken', async () => {
    const taken = Number(new URL(url).port);
    const other = await serve({ root: join(folder, 'dist'), port: taken });
    expect(Number(new URL(other.url).port)).toBeGreaterThan(taken);
    other.server.close();
  });
});
