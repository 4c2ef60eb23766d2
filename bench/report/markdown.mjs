// Tables in Markdown.

const isNumber = (cell) => /^[\d.,x\s/[\]–-]*$/.test(cell);

/** Columns of figures are set to the right; a column of texts is not. */
export function table(head, rows) {
  const texts = rows.map((row) => row.map((cell) => `${cell ?? ''}`));
  const rule = head.map((_, column) => (texts.every((row) => isNumber(row[column] ?? '')) ? '--:' : '---'));
  return [head, rule, ...texts].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** With about three figures that count. */
export function figure(value) {
  if (value === undefined || !Number.isFinite(value)) return '';
  if (Number.isInteger(value) && value < 1000) return String(value);
  if (value >= 1000) return Math.round(value).toLocaleString('en');
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
