/** What desired files come down to, whatever their language: statements with places, names and hints. Knows no kind and no parser. */
import type { Address } from '../core/address.js';
import type { Diagnostic, Span } from '../core/diagnostic.js';
import type { RowSet } from '../core/row-set.js';
import type { VariableValues } from '../core/variables.js';
import type { NameRef } from '../kinds/kind.js';

/** `-- schemactl: renamed_from client_id` or a YAML key of the same name. A hint that nothing uses is an error. */
export interface Hint {
  readonly address: Address;
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  /** It stands by itself and names the object, which may then be missing. */
  readonly apart?: boolean;
}

export interface DeclaredObject {
  readonly address: Address;
  readonly span: Span;
  /** False: PostgreSQL chooses the name; only the structure is compared. */
  readonly named: boolean;
  /** Attributes whose value the statement leaves to the server (an extension's version): they are not compared. */
  readonly unset?: readonly string[];
  /** Attributes that it gives a value after all. */
  readonly given?: readonly string[];
}

/** One statement to run in scratch. */
export interface Declaration {
  /** A single statement without its semicolon. */
  readonly sql: string;
  /** Effective session settings for it, e.g. { search_path: "public" }; always holds search_path. */
  readonly settings: Readonly<Record<string, string>>;
  readonly span: Span;
  /** Place in the file of a character offset of `sql`, for the server's error positions. */
  locate(offset: number): Span;
  readonly provides: readonly NameRef[];
  readonly alters: readonly NameRef[];
  /** It makes whole what it alters: whatever else alters that comes after it. */
  readonly completes?: boolean;
  /** Every name that the statement mentions, candidates only. */
  readonly uses: readonly NameRef[];
  readonly declares: readonly DeclaredObject[];
  readonly repeatable: boolean;
  /** The name by which it calls the database that it is about; absent: by none. */
  readonly database?: string;
  /** It puts a row into a table, or asks whether that could hold such rows (address null); absent: it defines something. */
  readonly rows?: { readonly set: RowSet; readonly address: Address | null };
}

/** Everything read from a set of files. */
export interface Desired {
  /** In file order; graph/ gives the order to run. */
  readonly declarations: readonly Declaration[];
  readonly hints: readonly Hint[];
  readonly diagnostics: readonly Diagnostic[];
  readonly files: readonly { readonly path: string; readonly sha256: string; readonly commit?: string }[];
  /** Values of the variables that the files use, by name; absent where there are none to use. */
  readonly variables?: VariableValues;
}
