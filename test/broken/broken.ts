/** What a wrong input is, to those who list them and to the test that tries them. */

export interface Servers {
  /** Of the test database. */
  readonly url: string;
  /** Of a server that asks for a password. */
  readonly guarded: string;
}

export interface Broken {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** Links by path, and what they lead to. */
  readonly links?: Readonly<Record<string, string>>;
  /** Folders without anything in them. */
  readonly folders?: readonly string[];
  /** What --desired names, when it is not all the files. */
  readonly desired?: readonly string[];
  /** Instead of plan, for the test database, and validate. */
  readonly args?: (servers: Servers) => readonly string[];
  readonly code?: number;
  /** All of standard error; "…" stands for anything within a line. */
  readonly says: string;
}

export const TABLE = 'create table public.a (id integer);\n';

export const plan = (url: string): readonly string[] => ['plan', '--url', url, '--desired', '.'];
