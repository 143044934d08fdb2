// Serves the built site from dist/: `npm run preview`, and the browser tests. ISOLATED=1 adds COOP and COEP.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createGzip } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.flac': 'audio/flac',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.md': 'text/plain; charset=utf-8',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.opus': 'audio/ogg',
  '.png': 'image/png',
  '.safetensors': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.wav': 'audio/wav',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.xml': 'application/xml; charset=utf-8',
};

const dist = fileURLToPath(new URL('../dist', import.meta.url));

/** The file under `root` that a request path names, or undefined: nothing outside `root`, no malformed path. */
async function locate(root, pathname) {
  let decoded;
  try {
    decoded = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0')) return undefined;
  const path = resolve(root, `.${sep}${decoded}`);
  if (path !== root && !path.startsWith(root + sep)) return undefined;
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() && !decoded.endsWith('/')) return { path, size: found.size };
  if (!found?.isDirectory()) return undefined;
  const index = join(path, 'index.html');
  const page = await stat(index).catch(() => undefined);
  if (!page?.isFile()) return undefined;
  return { path: index, size: page.size, addSlash: !decoded.endsWith('/') };
}

/** The bytes that a Range header asks for: [first, last], 'unsatisfiable', or undefined for the whole file. */
function rangeOf(header, size) {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  const suffix = match[1] === '';
  const first = suffix ? Math.max(0, size - Number(match[2])) : Number(match[1]);
  const last = suffix || match[2] === '' ? size - 1 : Math.min(size - 1, Number(match[2]));
  return first > last || first >= size ? 'unsatisfiable' : [first, last];
}

/** Texts go compressed, as any host of the site would send them; pictures, sounds and weights as they are. */
const packed = new Set(['.html', '.css', '.js', '.svg', '.txt']);

/**
 * Starts a server for the folder `root` on localhost.
 * A taken port is answered with the next free one; port 0 takes any. Returns the server and its address.
 */
export async function serve({ root = dist, port = 0, isolated = false } = {}) {
  const folder = resolve(root);
  const server = createServer(async (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.writeHead(405, { allow: 'GET, HEAD' }).end();
      return;
    }
    response.setHeader('x-content-type-options', 'nosniff');
    if (isolated) {
      response.setHeader('cross-origin-opener-policy', 'same-origin');
      response.setHeader('cross-origin-embedder-policy', 'require-corp');
    }
    const [pathname, query] = (request.url ?? '/').split(/\?(.*)/s);
    const found = await locate(folder, pathname);
    if (found?.addSlash) {
      const target = `/${pathname.replace(/^\/+/, '')}/${query ? `?${query}` : ''}`;
      response.writeHead(308, { location: target }).end();
      return;
    }
    const missing = found ? undefined : await locate(folder, '/404.html');
    const file = found ?? missing;
    if (!file) {
      response.writeHead(404, { 'content-type': types['.txt'] }).end('There is no page here.\n');
      return;
    }
    // Whoever asked may have gone while the file was looked for.
    if (response.destroyed) return;
    response.setHeader('content-type', types[extname(file.path)] ?? 'application/octet-stream');
    // Names under _astro/ change with their content.
    const fixed = found && pathname.startsWith('/_astro/');
    response.setHeader('cache-control', fixed ? 'public, max-age=31536000, immutable' : 'no-cache');
    response.setHeader('accept-ranges', 'bytes');
    const range = found ? rangeOf(request.headers.range, file.size) : undefined;
    if (range === 'unsatisfiable') {
      response.writeHead(416, { 'content-range': `bytes */${file.size}` }).end();
      return;
    }
    const packs = packed.has(extname(file.path)) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    if (packed.has(extname(file.path))) response.setHeader('vary', 'accept-encoding');
    if (packs && !range && request.method === 'GET') {
      response.setHeader('content-encoding', 'gzip');
      response.writeHead(found ? 200 : 404);
      pipeline(createReadStream(file.path), createGzip(), response, () => {});
      return;
    }
    const [first, last] = range ?? [0, file.size - 1];
    response.setHeader('content-length', last - first + 1);
    if (range) response.setHeader('content-range', `bytes ${first}-${last}/${file.size}`);
    response.writeHead(range ? 206 : found ? 200 : 404);
    if (request.method === 'HEAD' || file.size === 0) response.end();
    else pipeline(createReadStream(file.path, { start: first, end: last }), response, () => {});
  });
  for (let wanted = port; ; wanted++) {
    try {
      await new Promise((done, failed) => {
        server.once('error', failed);
        server.listen(wanted, '127.0.0.1', () => {
          server.off('error', failed);
          done();
        });
      });
      return { server, url: `http://localhost:${server.address().port}` };
    } catch (error) {
      if (error.code !== 'EADDRINUSE' || wanted === 0 || wanted >= port + 50) throw error;
    }
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (!(await stat(join(dist, 'index.html')).catch(() => undefined))) {
    console.error('There is no built site in dist/. Run `npm run build` first, or `npm start`, which does both.');
    process.exit(1);
  }
  const port = Number(process.env.PORT ?? 4321);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    console.error(`PORT is "${process.env.PORT}", which is no port. Give a number from 0 to 65535.`);
    process.exit(1);
  }
  const { url } = await serve({ port, isolated: process.env.ISOLATED === '1' });
  console.log(`Kuulo is at ${url} (Ctrl-C ends it)`);
}
