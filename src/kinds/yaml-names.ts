/** Identifiers inside SQL text: folded and unquoted as PostgreSQL does it; knows nothing else of SQL. */

/** `Orders` is orders, `"Orders"` is Orders. */
export function identifierOf(text: string): string {
  const trimmed = text.trim();
  return trimmed.startsWith('"') ? trimmed.slice(1, -1).replaceAll('""', '"') : trimmed.toLowerCase();
}

/** The names of a qualified one: `App."Order.s"` is ["app", "Order.s"]. */
export function identifiersOf(text: string): readonly string[] {
  return [...text.matchAll(/"(?:[^"]|"")*"|[^.]+/g)].map(([part]) => identifierOf(part));
}
