/** The part of pg-query-emscripten that is used; the package has no types of its own. */
declare module 'pg-query-emscripten/pg_query_wasm.js' {
  export interface PgQuery {
    parse(sql: string): {
      readonly parse_tree: { readonly stmts: readonly { readonly stmt: unknown }[] };
      readonly error: { readonly message: string; readonly cursorpos: number } | null;
    };
  }
  const create: new (options: { print(line: string): void; printErr(line: string): void }) => Promise<PgQuery>;
  // biome-ignore lint/style/noDefaultExport: the package has no other
  export default create;
}
