/** The statements of SQL files with what they declare and where; knows no kind. */
import type { Address } from '../../core/address.js';
import type { Declaration } from '../../desired/declaration.js';
import { splitSql } from '../../desired/sql/split.js';
import type { NameRef } from '../../kinds/kind.js';

export interface Statement {
  readonly file: string;
  /** Of the first token, after the last one, and after the semicolon: offsets in the file. */
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly text: string;
  /** What it declares, by place: `offset` counts from the start of the statement. */
  readonly declares: readonly { readonly address: Address; readonly offset: number }[];
  /** Names that it changes, with the schemas that they are looked up in. */
  readonly alters: readonly { readonly name: string; readonly schemas: readonly string[] }[];
}

export function statementsOf(file: string, text: string, declarations: readonly Declaration[]): readonly Statement[] {
  const own = declarations.filter(({ span }) => span.file === file);
  const units = splitSql(text).units.filter((unit) => unit.type === 'statement');
  return units.map(({ from, to, end }) => {
    const inside = own.filter(({ span }) => span.start.offset >= from && span.start.offset < end);
    const declares = inside
      .flatMap((declaration) => declaration.declares)
      .map(({ address, span }) => ({ address, offset: span.start.offset - from }))
      .sort((a, b) => a.offset - b.offset);
    const alters = inside.flatMap((declaration) =>
      declaration.alters.map((ref) => ({ name: ref.name, schemas: schemasOf(ref, declaration) })),
    );
    return { file, from, to, end, text: text.slice(from, to), declares, alters };
  });
}

function schemasOf(ref: NameRef, { settings }: Declaration): readonly string[] {
  return ref.schema === null ? (settings.search_path ?? '').split(',').map((name) => name.trim()) : [ref.schema];
}

/** One of the things in a statement's list: of the columns of a CREATE TABLE, of the actions of an ALTER TABLE. */
export interface Element {
  /** Offsets in the statement, without white space and comments around it. */
  readonly from: number;
  readonly to: number;
  /** The comma behind it. */
  readonly comma: number | null;
  readonly declares: readonly Address[];
}

export interface ElementList {
  readonly elements: readonly Element[];
  /** What is inside of the parentheses; null: the list stands without any. */
  readonly from: number;
  readonly to: number;
}
