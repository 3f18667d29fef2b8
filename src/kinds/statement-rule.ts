/** The contract of a SQL statement that declares something: what it says before it runs. Knows no kind and runs nothing. */
import type { Address } from '../core/address.js';
import type { Span } from '../core/diagnostic.js';

/** A loosely typed libpg_query node: the JSON tree that the parser prints. */
export type Ast = { readonly [key: string]: AstValue };
export type AstValue = string | number | boolean | null | undefined | Ast | readonly AstValue[];

/** A name that a statement brings into being or leans on, before PostgreSQL has resolved it. */
export interface NameRef {
  /** Name space of the parser: relation, type, routine, schema, extension, role, other. */
  readonly space: 'relation' | 'type' | 'routine' | 'schema' | 'extension' | 'role' | 'operator' | 'collation' | 'other';
  /** null: to be looked up along the search path. */
  readonly schema: string | null;
  readonly name: string;
}

export interface Declared {
  readonly address: Address;
  /** Character offset in the statement where it is declared. */
  readonly offset: number;
  /** False when the name is PostgreSQL's choice (an unnamed constraint or index): then only its structure is compared. */
  readonly named: boolean;
  /** Attributes whose value the statement leaves to the server (an extension's version): they are not compared. */
  readonly unset?: readonly string[];
  /** Attributes to which it gives a value, though the statement that makes the object leaves them to the server. */
  readonly given?: readonly string[];
}

/** What one statement says, before it runs. */
export interface StatementMeaning {
  /** Names that exist once it ran, for ordering and for duplicates. */
  readonly provides: readonly NameRef[];
  /** Names that it changes or adds to: it runs after their creation and after earlier statements on them. */
  readonly alters?: readonly NameRef[];
  /** It makes whole what it alters (a type that was a name alone): whatever else alters that comes after it. */
  readonly completes?: boolean;
  /** Objects that it declares, with their places. */
  readonly declares: readonly Declared[];
  /** True for CREATE OR REPLACE and IF NOT EXISTS: a second one is not a duplicate error. */
  readonly repeatable?: boolean;
  /** What scratch runs in its place, where it would reach another server or needs code that scratch has not. */
  readonly scratch?: string;
  /** The name by which it calls the database that it is about. */
  readonly database?: string;
  /** Parts to be cut out and run later as statements of their own (foreign keys), as offsets in the statement. */
  readonly deferred?: readonly { readonly from: number; readonly to: number; readonly sql: string }[];
}

export interface StatementContext {
  /** Text of the statement. */
  readonly text: string;
  /** Offset of a node's `location` (bytes in the file) within `text` in characters. */
  offsetOf(location: number | undefined): number;
  /** The schema that an unqualified name is created in. */
  readonly creationSchema: string;
  readonly span: Span;
}

/** What is wrong with a statement of a desired file. */
export interface StatementProblem {
  readonly code: string;
  readonly summary: string;
  readonly hint: string;
}

export interface StatementRule {
  /** libpg_query node, e.g. "CreateStmt". */
  readonly node: string;
  /** Narrows a node that several kinds share (DefineStmt, CommentStmt …). */
  applies?(node: Ast): boolean;
  /** Why a statement that it applies to is an error all the same; null or absent: it is none. */
  problem?(node: Ast): StatementProblem | null;
  read(node: Ast, context: StatementContext): StatementMeaning;
}
