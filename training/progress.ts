/** A progress bar on standard error: redrawn in place on a terminal, silent elsewhere. */

export interface Bar {
  /** Shows that `done` of `total` is done, with a few words. */
  show(done: number, total: number, words?: string): void;
  /** Removes the bar, so that a line can be written. */
  clear(): void;
}

const WIDTH = 24;
/** Milliseconds between two drawings. */
const PAUSE = 100;

export function createBar(title: string, stream: NodeJS.WriteStream = process.stderr): Bar {
  const begun = performance.now();
  let first: number | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    show(done, total, words = '') {
      first ??= done;
      const now = performance.now();
      if (!stream.isTTY || now - drawn < PAUSE) return;
      drawn = now;
      const filled = Math.round((WIDTH * done) / total);
      const left = done > first ? ((now - begun) * (total - done)) / (done - first) / 1000 : Number.NaN;
      const eta = Number.isNaN(left) ? '' : `, ${formatDuration(left)} left`;
      const bar = '█'.repeat(filled) + '░'.repeat(WIDTH - filled);
      stream.write(`\r\x1b[K${title} ${bar} ${done}/${total}${eta}${words && `, ${words}`}`);
    },
    clear() {
      if (stream.isTTY) stream.write('\r\x1b[K');
      drawn = Number.NEGATIVE_INFINITY;
    },
  };
}

/** Seconds as people read them: "42 s", "3 min 20 s", "2 h 5 min". */
export function formatDuration(seconds: number): string {
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${s % 60} s`;
  return `${Math.floor(s / 3600)} h ${Math.floor((s % 3600) / 60)} min`;
}
