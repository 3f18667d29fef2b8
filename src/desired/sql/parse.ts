/**
 * The only module that runs a parser: one statement's text -> libpg_query's tree or its syntax error. pg-query-emscripten
 * (PostgreSQL 16) parses; what it cannot take goes to libpg-query (PostgreSQL 18).
 */
import { hasSqlDetails, loadModule, parseSync } from 'libpg-query';
import PgQuery from 'pg-query-emscripten/pg_query_wasm.js';
import type { Ast, AstValue } from '../../kinds/kind.js';
import { offsetOfCharacter } from '../source-text.js';

export type Parsed =
  | { readonly ok: true; readonly tag: string; readonly node: Ast }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/**
 * pg-query-emscripten lives in 16 MB that it never gives back: after about 250 CREATE TABLE statements it dies with "memory access
 * out of bounds", an exit or a thrown Infinity. Measured, 30 KB of SQL text per instance is safe and the fastest.
 */
const BYTES_PER_INSTANCE = 30_000;

type Instance = Awaited<InstanceType<typeof PgQuery>>;

let instance: Instance | null = null;
let parsedBytes = 0;

/** Parses text that holds one statement; its locations are bytes of that text. */
export async function parseStatement(text: string): Promise<Parsed> {
  return (await parseSmall(text)) ?? parseAny(text);
}

/** Null when the small parser refuses the text or is not able to take it. */
async function parseSmall(text: string): Promise<Parsed | null> {
  const bytes = Buffer.byteLength(text);
  if (bytes > BYTES_PER_INSTANCE) return null;
  if (instance === null || parsedBytes + bytes > BYTES_PER_INSTANCE) {
    // It reports running out of memory on the console before it throws: that is not for users.
    instance = await new PgQuery({ print: () => undefined, printErr: () => undefined });
    parsedBytes = 0;
  }
  parsedBytes += bytes;
  try {
    const result = instance.parse(text);
    if (result.error === null) return statementOf(result.parse_tree.stmts, text);
  } catch {
    // Whatever it throws (it is not always an Error), the instance is no longer usable; the statement goes to the other parser.
    instance = null;
  }
  return null;
}

async function parseAny(text: string): Promise<Parsed> {
  await loadModule();
  try {
    return statementOf((parseSync(text).stmts ?? []) as readonly { stmt?: unknown }[], text);
  } catch (error) {
    // Thousands of operators in a row make a tree that deep, and the parser walks it by calling itself.
    if (error instanceof RangeError) return { ok: false, message: 'the statement is nested too deeply to be read', offset: 0 };
    if (!hasSqlDetails(error) || error.sqlDetails === undefined) throw error;
    return { ok: false, message: error.sqlDetails.message, offset: offsetOfCharacter(text, error.sqlDetails.cursorPosition) };
  }
}

function statementOf(statements: readonly { readonly stmt?: unknown }[], text: string): Parsed {
  const wrapped = statements[0]?.stmt as Ast | undefined;
  const tag = wrapped === undefined ? undefined : Object.keys(wrapped)[0];
  if (wrapped === undefined || tag === undefined) return { ok: false, message: 'syntax error: no statement', offset: 0 };
  // The splitter and the grammar see the same semicolons; if ever not, it is an error and not a lost statement.
  if (statements.length > 1) return { ok: false, message: 'syntax error: more than one statement', offset: text.length };
  return { ok: true, tag, node: wrapped[tag] as AstValue as Ast };
}
