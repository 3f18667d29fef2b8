/** What a strategy's folder says as data: tables with rows, and how the application reads and writes them before and after. Runs nothing. */
import type { Random } from './random.js';

/** Values as PostgreSQL writes them; the key is apart. */
export type Values = Readonly<Record<string, string | null>>;

/**
 * The application's statements on one entity, in one of its two forms. `$name` is a parameter: `$id` the key, and every column of the
 * entity. All names in them are schema-qualified, because clients have search paths of their own.
 */
export interface Shape {
  /** All rows: `id` and the entity's columns, by name. */
  readonly rows: string;
  /** The columns of one row, by `$id`. */
  readonly read: string;
  /** Reads a few rows from `$id` on; what comes back is not looked at. */
  readonly range: string;
  /** One new row with all its columns. */
  readonly insert: string;
  readonly updates: readonly Update[];
  readonly delete: string;
}

export interface Update {
  readonly sql: string;
  /** Columns that it gives a new value. */
  readonly sets: readonly string[];
}

export interface Entity {
  readonly name: string;
  /** A new value for every column; `rows` is how many rows the whole run has. */
  readonly columns: Readonly<Record<string, (random: Random, key: number, rows: number) => string | null>>;
  /** A query for the rows to begin with, `id` and the columns; keys are 1 … `$rows`. Always the same rows. */
  readonly filled: string;
  /** Where they go: "app.orders (id, total)". */
  readonly into: string;
  /** What goes there for `id`, where it is not `id` itself. */
  readonly keyInto?: string;
  /** How many keys there are for every row of the run; default 1. */
  readonly share?: number;
  /** 'inserted': rows that were there to begin with stay, because others refer to them. */
  readonly deletes?: 'inserted';
  readonly old: Shape;
  /** Absent: the same statements go on working. */
  readonly new?: Shape;
}

export interface Strategy {
  /** Name of its folder. */
  readonly name: string;
  /** One line: what changes. */
  readonly title: string;
  readonly entities: readonly Entity[];
  /** Queries that must find no row once the plan is done. */
  readonly never?: readonly string[];
  /** Arguments of `plan`; the naive form has `--direct` in their place. */
  readonly plan?: readonly string[];
  /** PostgreSQL that it needs at least. */
  readonly minMajor?: number;
}

export function newShape(entity: Entity): Shape {
  return entity.new ?? entity.old;
}

export function filledKeys(entity: Entity, rows: number): number {
  return Math.max(1, Math.floor(rows * (entity.share ?? 1)));
}

export function filledRows(entity: Entity, rows: number): string {
  return entity.filled.replaceAll('$rows', String(filledKeys(entity, rows)));
}

export function changesShape(strategy: Strategy): boolean {
  return strategy.entities.some((entity) => entity.new !== undefined);
}
