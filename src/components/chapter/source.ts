/** Source code as the book shows it: a declaration of a file of the engine, with its own line numbers. */

export interface Piece {
  readonly kind: 'code' | 'keyword' | 'comment';
  readonly text: string;
}

export interface SourceLine {
  /** Counted from 1, as editors do. */
  readonly number: number;
  readonly text: string;
  /** The same text, piece by piece. */
  readonly pieces: readonly Piece[];
}

/**
 * The lines of a declaration: from the line that begins with `start`, whatever its indentation, to the line that closes
 * it at the same indentation, without that indentation. A start that fits no line, or several, is refused, so that a
 * page cannot show what is no longer there.
 * @param start how the first line begins: "export function stft("
 */
export function declarationOf(source: string, start: string): SourceLine[] {
  const lines = source.split('\n');
  const found = lines.flatMap((line, index) => (line.trimStart().startsWith(start) ? [index] : []));
  if (found.length !== 1) throw new Error(`${found.length} lines begin with "${start}"; one is needed.`);
  const [first] = found;
  const indentation = lines[first].length - lines[first].trimStart().length;
  let last = first;
  if (!/;\s*$/.test(lines[first])) {
    const closes = /^[}\])](?!.*[{(]$)/;
    last = lines.findIndex(
      (line, index) => index > first && line.search(/\S/) === indentation && closes.test(line.trim()),
    );
  }
  if (last < 0) throw new Error(`What begins with "${start}" is not closed.`);
  let inComment = false;
  return lines.slice(first, last + 1).map((line, index) => {
    const text = line.slice(indentation);
    const pieces: Piece[] = [];
    for (const [piece] of text.matchAll(inComment ? /.+/g : /\/[/*].*|'[^']*'|`[^`]*`|\w+|[^\w'`/]+|./g)) {
      if (inComment || piece.startsWith('/*')) inComment = !piece.includes('*/');
      const comment = /^\/[/*]/.test(piece) || (text === piece && /^\s*\*/.test(piece));
      const kind = comment ? 'comment' : keywords.has(piece) ? 'keyword' : 'code';
      const before = pieces.at(-1);
      if (before?.kind === kind) pieces[pieces.length - 1] = { kind, text: before.text + piece };
      else pieces.push({ kind, text: piece });
    }
    return { number: first + index + 1, pieces, text };
  });
}

const keywords = new Set(
  'as const continue else export for from function if import in interface let new of readonly return throw type typeof while yield'.split(
    ' ',
  ),
);
