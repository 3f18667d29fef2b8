/** Cuts SQL that the server printed where a separator stands outside of quotes and brackets; knows no kind. */

/** The pieces, trimmed; none is empty but where the text has nothing between two separators. */
export function splitOutside(text: string, separator: ',' | ' '): readonly string[] {
  const pieces: string[] = [];
  let [piece, depth] = ['', 0];
  // A quoted piece is one match; a doubled quote in it is two of them side by side.
  for (const [token] of text.matchAll(/'[^']*'|"[^"]*"|[^'"]/gs)) {
    if (token === '(' || token === '[') depth += 1;
    if (token === ')' || token === ']') depth -= 1;
    if (token === separator && depth === 0) {
      pieces.push(piece.trim());
      piece = '';
    } else piece += token;
  }
  return [...pieces, piece.trim()];
}
