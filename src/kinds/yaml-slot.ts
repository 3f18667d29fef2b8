/**
 * The contract of a kind's place in YAML files: which key it stands under, what may stand there, how an entry becomes SQL and an object an
 * entry. Knows no YAML library and no kind.
 */
import type { Address } from '../core/address.js';
import type { Diagnostic } from '../core/diagnostic.js';
import type { Json, JsonObject } from '../core/json.js';
import type { SchemaObject, State } from '../core/object.js';
import type { RowSet } from '../core/row-set.js';

/** The way to a node: map keys and list positions from the root. */
export type YamlPath = readonly (string | number)[];

/** SQL text that stands for a node of the file: a server's complaint about it is shown there. */
export interface PlacedSql {
  readonly sql: string;
  readonly path: YamlPath;
  readonly part: 'key' | 'value';
  /** True when `sql` is the scalar's own text, so that offsets in it are offsets in the scalar. */
  readonly verbatim?: boolean;
  /** True when `sql` is the text of the file that the scalar names: offsets are offsets in that file. */
  readonly fromFile?: boolean;
  /** Characters of that file that it stands for. */
  readonly inFile?: readonly [from: number, to: number];
}

export type SqlPart = string | PlacedSql;
export type SqlText = readonly SqlPart[];

export interface YamlStatement {
  readonly sql: SqlText;
  /** Place among the file's statements; default: the kind's rank. */
  readonly rank?: number;
  /** Among statements of one rank, lower ones come first; default 0. */
  readonly turn?: number;
  /** Relations whose statements it has to keep its order with, beyond those that it alters. */
  readonly inOrderWith?: readonly { readonly schema: string | null; readonly name: string }[];
  /** It is about the database that it is meant for, whatever its text calls that. */
  readonly anyDatabase?: boolean;
  /** Said by the way: it is dropped where another declaration makes the same thing. */
  readonly implied?: boolean;
  /** It stands for this node and not for the entry, or for these characters of the file that a scalar names. */
  readonly path?: YamlPath;
  readonly inFile?: { readonly path: YamlPath; readonly from: number; readonly to: number };
  /** It puts a row into a table, or asks whether that could hold such rows (address null). */
  readonly rows?: { readonly set: RowSet; readonly address: Address | null };
}

/** A node that passed the JSON Schema. */
export interface YamlEntry {
  readonly path: YamlPath;
  /** Its key in a map, or the value of its key `name` in a list; null: PostgreSQL chooses. */
  readonly name: string | null;
  readonly value: unknown;
  /** A member; null when it is not there or has no value. A value that is no map is the member that the slot names as `short`. */
  get(key: string): YamlEntry | null;
  has(key: string): boolean;
  /** True when the member is `true`. */
  flag(key: string): boolean;
  /** Items of a list, or members of a map in their order. */
  items(): readonly YamlEntry[];
  /** A scalar as the file writes it: numbers keep their digits. The values of variables stand in it as they are. */
  text(): string;
  /** The same for a scalar that is SQL text: variables are what their places in the SQL ask for. */
  sql(): string;
  /** The text of the file that the scalar names, relative to the YAML file; null while it is not read, or cannot be, which is reported. */
  fileText(): string | null;
  /** The same for a file that holds SQL text: variables are what their places ask for. */
  fileSql(): string | null;
}

/** What an entry hangs on. */
export interface YamlOwner {
  readonly entry: YamlEntry;
  readonly parts: readonly string[];
  /** How COMMENT ON and ALTER name it; null when PostgreSQL chooses its name. */
  readonly reference: string | null;
  readonly grantReference: string | null;
}

export interface YamlPlace {
  /** The document's schema. */
  readonly schema: string;
  /** Names of the entry's own object as far as given, outermost first. */
  readonly parts: readonly string[];
  /** Behind the names in its address: the operands of an operator; '' for most. */
  readonly signature: string;
  readonly owner: YamlOwner | null;
  /** What the entries of a section inside this entry say for the statement that makes this one. */
  inlined(section: string): readonly (readonly SqlText[])[];
  /** `within`: characters of the scalar's text that it is about. */
  report(
    diagnostic: Pick<Diagnostic, 'code' | 'summary' | 'hint' | 'detail'>,
    path: YamlPath,
    part?: 'key' | 'value',
    within?: readonly [from: number, to: number],
  ): void;
  /** The same of characters of the file that the scalar names. */
  reportInFile(diagnostic: Pick<Diagnostic, 'code' | 'summary' | 'hint' | 'detail'>, path: YamlPath, from: number, to: number): void;
}

/** Which object an entry is about. */
export interface YamlIdentity {
  readonly parts: readonly string[];
  /** As in addresses, or as SQL that comes to the same: "(integer, text)"; '' for most. */
  readonly signature: string;
}

export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;
export type YamlMap = { readonly [key: string]: YamlValue | undefined };

/** What is at hand while objects become entries. */
export interface YamlView {
  readonly state: State;
  /** The document's schema; '' in files of what is in none. */
  readonly schema: string;
  children(parent: Address, kind?: string): readonly SchemaObject[];
}

/** A named part of an object that is no object of its own: a view's column. */
export interface YamlPart {
  readonly name: string;
  readonly keys: YamlMap;
}

export interface YamlSlot {
  /** The key: "tables". */
  readonly section: string;
  /** What slots are called in `within` and `carries` where several share a key; default: the key. */
  readonly id?: string;
  /** Slots whose entries have the key, beside those that carry it; '' is the document itself. */
  readonly within: readonly string[];
  /** Slots of what may hang on its entries: "comment", "owner", "grants of types". */
  readonly carries?: readonly string[];
  /** Several entries may have one name: a list of them stands in the place of the one. */
  readonly overloads?: true;
  readonly description: string;
  /** A value of the key, for editors to show. */
  readonly example?: Json;
  /** True for what is in no schema (a server, a role): the document's schema says nothing of it. */
  readonly schemaless?: true;
  /** Keys of one entry are written in this order; an entry's own keys count as 10. */
  readonly order: number;
  /** map: names to entries; optional: that, or a list of entries that may have a `name`; value: one entry, `name` only where allowed. */
  readonly form: 'map' | 'optional' | 'single';
  /** One entry may have the key `name` (form `single`). */
  readonly nameable?: boolean;
  /** JSON Schema of the value where it is not an entry with keys. */
  readonly value?: JsonObject;
  /** JSON Schemas of an entry's own keys. */
  readonly properties?: { readonly [key: string]: JsonObject };
  readonly required?: readonly string[];
  /** The key that a value stands for which is no map. */
  readonly short?: string;
  /** Keys of an entry whose text is in a language of its own: nothing in it stands for anything else. */
  readonly foreign?: readonly string[];
  readonly hints?: readonly ('renamed_from' | 'renamed_values' | 'renamed_fields' | 'using' | 'backfill' | 'down' | 'deprecated')[];
  /** The key that names the schema of a whole document, and how that declares the schema. */
  readonly opens?: {
    readonly key: string;
    readonly fallback: string;
    readonly description: string;
    statement(name: string, path: YamlPath): YamlStatement | null;
  };
  /** Which object an entry is about, where that is not its key inside of what is around it: an operator has operands. */
  identity?(entry: YamlEntry, place: Pick<YamlPlace, 'schema' | 'parts' | 'report'>): YamlIdentity;
  /** Key of an object's entry; absent: its last name. */
  key?(object: SchemaObject, view: YamlView): string;
  /** Fragments inside the statement of what the entry hangs on. */
  inline?(entry: YamlEntry, place: YamlPlace): readonly SqlText[];
  /** How COMMENT ON names it, where that is not the kind's way: a part has no kind of its own. */
  reference?(parts: readonly string[]): string;
  /** Its entries are parts of what it stands in, not objects of the kind. */
  partsOf?(owner: SchemaObject, view: YamlView): readonly YamlPart[];
  /** The part of its parent that an object speaks of; null or absent: the parent itself. */
  partOf?(object: SchemaObject): string | null;
  statements?(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[];
  /** Which objects of the kind stand in this section. Absent: all. */
  claims?(object: SchemaObject): boolean;
  /** The entry's own keys; null when YAML cannot say it. */
  keys?(object: SchemaObject, view: YamlView): YamlMap | null;
  /** The value for objects that hang on `owner`, null being the database (slots with `value`), and which of them it says. */
  whole?(
    objects: readonly SchemaObject[],
    view: YamlView,
    owner: SchemaObject | null,
  ): { readonly value: YamlValue | undefined; readonly said: readonly SchemaObject[] };
  /** True when it need not be said, because what it hangs on brings it. */
  implied?(object: SchemaObject, view: YamlView): boolean;
  /** The object in whose entry it stands, where that is not its parent. */
  inside?(object: SchemaObject): Address | null;
  /** Other objects that its keys say. */
  says?(object: SchemaObject, view: YamlView): readonly SchemaObject[];
  /** The object whose file it goes to (a partition's table), when that is not one of its own. */
  beside?(object: SchemaObject, view: YamlView): Address | null;
  /** True when it is written, and so made, before its siblings. */
  isFirst?(object: SchemaObject, view: YamlView): boolean;
  /** Kinds of attached objects that come with it. */
  readonly brings?: readonly string[];
  /** The name that PostgreSQL would choose, which need not be written. */
  defaultName?(object: SchemaObject, view: YamlView): string | null;
}
