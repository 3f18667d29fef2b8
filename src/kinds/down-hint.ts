/** The form of the hint `down`: a column and the expression that gives it. Knows neither tables nor what is done with it. */

const FORM = /^\s*("(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)\s*=\s*([\s\S]+)$/u;

/** The name in front of "=", and what stands behind it; null where the hint has another form. */
export function downOf(value: string): { readonly column: string; readonly expression: string } | null {
  const found = FORM.exec(value);
  if (found === null) return null;
  const [, name = '', expression = ''] = found;
  return { column: name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"') : name.toLowerCase(), expression };
}
