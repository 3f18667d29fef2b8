/** Takes names apart that the server printed; knows no kind. */

/** The parts of a qualified name as quote_ident() prints it: `app."Order ""1"""` is ["app", 'Order "1"']. */
export function namePartsOf(text: string): readonly string[] {
  return [...text.matchAll(/"((?:[^"]|"")*)"|[^.]+/g)].map((found) => (found[1] === undefined ? found[0] : found[1].replaceAll('""', '"')));
}
