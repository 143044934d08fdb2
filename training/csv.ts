/** CSV as RFC 4180 describes it: quoted fields may hold commas, line breaks and doubled quotes. */

/** The rows of a table as objects by the names in its first line. Empty lines are left out. */
export function parseCsv(text: string): Record<string, string>[] {
  const [head, ...rows] = splitRows(text.replace(/^\uFEFF/, ''));
  if (!head) return [];
  const names = head.map((name) => name.trim());
  return rows.map((row) => Object.fromEntries(names.map((name, column) => [name, (row[column] ?? '').trim()])));
}

function splitRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(field);
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
    field = '';
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (quoted) {
      if (character !== '"') field += character;
      else if (text[i + 1] === '"') {
        field += '"';
        i++;
      } else quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === ',') {
      row.push(field);
      field = '';
    } else if (character === '\n') endRow();
    else if (character !== '\r') field += character;
  }
  endRow();
  return rows;
}
