/** What a wrong input is, to those who list them and to the test that tries them. */

export interface Servers {
  /** Of the test database. */
  readonly url: string;
  /** Of a server that asks for a password. */
  readonly guarded: string;
}

export interface Broken {
  readonly files: Readonly<Record<string, string>>;
  /** Links that lead nowhere. */
  readonly dangling?: readonly string[];
  /** Instead of a plan of all the files for the test database. */
  readonly args?: (servers: Servers) => readonly string[];
  readonly code?: number;
  /** All of standard error; "…" stands for anything within a line. */
  readonly says: string;
}

export const TABLE = 'create table public.a (id integer);\n';

export const plan = (url: string): readonly string[] => ['plan', '--url', url, '--desired', '.'];
