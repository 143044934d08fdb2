// Node's built-ins alone, as old as Node 20: this runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// A book that sends nothing home is built by tools that send nothing home.
process.env.ASTRO_TELEMETRY_DISABLED = '1';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Runs npm with `args` and returns its exit status. npm's own script is called, so that Windows needs no shell. */
export function npm(...args) {
  const cli = process.env.npm_execpath;
  const { status, signal } = cli
    ? spawnSync(process.execPath, [cli, ...args], { stdio: 'inherit' })
    : spawnSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return status ?? (signal === 'SIGINT' ? 130 : 1);
}

/** Installs the locked packages where this lockfile has not been installed yet. Returns npm's exit status. */
export function install() {
  const stamp = 'node_modules/.installed';
  const wanted = createHash('sha256')
    .update(readFileSync('package-lock.json'))
    .update(`${process.platform} ${process.arch}`)
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 0;
  console.log('Installing the locked packages. This takes a minute the first time.');
  const status = npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
  if (status === 0) writeFileSync(stamp, wanted);
  return status;
}
