/** Where a state comes from, as data; knows nothing of how it is read. */
import type { ConnectionSpec } from './connection.js';
import type { Variables } from './variables.js';

/** A program that prints SQL. Run without a shell. */
export interface CommandSource {
  readonly from: 'command';
  /** What plans and findings call it: "exec:npx drizzle-kit export". */
  readonly name: string;
  readonly argv: readonly string[];
  readonly folder: string;
  readonly timeout_ms: number;
}

/** A file or folder as a revision of git has it. */
export interface GitSource {
  readonly from: 'git';
  readonly revision: string;
  /** From `folder`. */
  readonly path: string;
  /** Any folder of the checkout. */
  readonly folder: string;
}

/** Text that is at hand: `path` is what findings call it, and its ending says which language it is. */
export interface TextSource {
  readonly from: 'text';
  readonly path: string;
  readonly text: string;
  /** Git commit that holds it. */
  readonly commit?: string;
  /** What `${name}` stands for in it; absent: nothing stands for anything else. */
  readonly variables?: Variables;
}

export interface DatabaseSource {
  readonly from: 'database';
  /** "env:STAGING_URL", "url:me@host:5432/shop". */
  readonly name: string;
  readonly connection: ConnectionSpec;
}

/** A file that `schemactl snapshot` wrote. */
export interface SnapshotSource {
  readonly from: 'snapshot';
  readonly path: string;
}

/** The desired state that a plan was made from, by its plan file. */
export interface PlanFileSource {
  readonly from: 'plan';
  readonly path: string;
}

/** Sources of text, which can carry hints; a string is the path of a file or folder. */
export type TextualSource = string | CommandSource | GitSource | TextSource;
export type Source = TextualSource | DatabaseSource | SnapshotSource | PlanFileSource;

export function sourceName(source: Source): string {
  if (typeof source === 'string') return source;
  switch (source.from) {
    case 'git':
      return `git:${source.revision}:${source.path}`;
    case 'command':
    case 'database':
      return source.name;
    case 'text':
      return source.path;
    default:
      return `${source.from}:${source.path}`;
  }
}

/** The database that a plan from this source would be made for: then it is a plan like any other. */
export function databaseOf(from: readonly Source[]): DatabaseSource | null {
  const [only] = from;
  return from.length === 1 && typeof only === 'object' && only.from === 'database' ? only : null;
}
