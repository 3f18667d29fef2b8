/** That the comparison of dumps puts aside what it says and nothing more. */
import { describe, expect, it } from 'vitest';
import { compareDumps } from './dump-normaliser.js';
import { dumpStatements } from './dump-statements.js';

const none: ReadonlySet<string> = new Set();
const equal = (a: string, b: string, kept = none) => compareDumps(a, b, kept).equal;

describe('statements of a dump', () => {
  it('end at semicolons that are not quoted, in parentheses or in a routine', () => {
    const statements = [
      `COMMENT ON TABLE app.t IS 'it''s; \\'`,
      `CREATE FUNCTION app.f() RETURNS void LANGUAGE sql AS $_$ select ';$$'; -- x;\n$_$`,
      'CREATE FUNCTION app.g(a integer) RETURNS integer\n    LANGUAGE sql\n    BEGIN ATOMIC\n SELECT CASE WHEN true THEN 1 END;\n SELECT 2;\nEND',
      `CREATE RULE r AS ON INSERT TO app.t DO ( DELETE FROM app.t;\n NOTIFY t;\n)`,
      `CREATE TABLE app."a;b""c" (\n    x text DEFAULT E'\\';'::text\n)`,
    ];
    expect(dumpStatements(statements.map((sql) => `--\n-- Name: it's;\n--\n\n${sql};\n\n/* ; /* ' */ */\n`).join(''))).toEqual(statements);
  });

  it('leave out what is for psql', () => {
    expect(dumpStatements(`\\restrict a'b\nSELECT 1;\n\\unrestrict a'b\n`)).toEqual(['SELECT 1']);
  });
});

describe('the order of statements', () => {
  it('does not count, and is counted', () => {
    const found = compareDumps(
      'CREATE TABLE a.a ();\nCREATE TABLE a.b ();\nCREATE TABLE a.c ();',
      'CREATE TABLE a.c ();\nCREATE TABLE a.a ();\nCREATE TABLE a.b ();',
      none,
    );
    expect(found).toMatchObject({ equal: true, movedStatements: 1 });
  });

  it('counts each statement as often as it is there', () => expect(equal('X;X;Y;', 'X;Y;')).toBe(false));

  it('keeps what a setting says with its statements', () => {
    const inFast = `SET default_tablespace = fast;\nCREATE TABLE a.a ();\nSET default_tablespace = '';\nCREATE TABLE a.b ();`;
    expect(equal(inFast, `SET default_tablespace = '';\nCREATE TABLE a.a ();\nCREATE TABLE a.b ();`)).toBe(false);
    expect(equal(inFast, `SET default_tablespace = '';\nCREATE TABLE a.b ();\nSET default_tablespace = fast;\nCREATE TABLE a.a ();`)).toBe(
      true,
    );
    expect(equal('SET SESSION AUTHORIZATION jo;\nGRANT x;\nRESET SESSION AUTHORIZATION;\n', 'GRANT x;')).toBe(false);
    expect(equal('SET row_security = on;', 'SET row_security = off;')).toBe(false);
  });
});

describe('the order of columns', () => {
  const table = (name: string, ...columns: readonly string[]) => `CREATE TABLE ${name} (\n    ${columns.join(',\n    ')}\n)`;
  const one = table('app.t', 'a numeric(3,1)', `b text DEFAULT 'x, y'::text`, 'CONSTRAINT c CHECK ((a > 0))');
  const other = table('app.t', `b text DEFAULT 'x, y'::text`, 'a numeric(3,1)', 'CONSTRAINT c CHECK ((a > 0))');

  it('counts in a table that was not there', () => expect(equal(`${one};`, `${other};`)).toBe(false));

  it('does not in one that was', () => {
    expect(compareDumps(`${one};`, `${other};`, new Set(['app.t']))).toMatchObject({
      equal: true,
      movedColumns: [{ table: 'app.t', columns: 1 }],
    });
    expect(equal(`${one};`, `${other.replace('text DEFAULT', 'varchar DEFAULT')};`, new Set(['app.t']))).toBe(false);
    expect(equal(`${one}\nPARTITION BY LIST (a);`, `${other};`, new Set(['app.t']))).toBe(false);
  });

  it('follows a parent that was there', () => {
    const attach = 'ALTER TABLE ONLY app.p ATTACH PARTITION app.t FOR VALUES IN (1);';
    expect(equal(`${one};${attach}`, `${other};${attach}`, new Set(['app.p']))).toBe(true);
    expect(equal(`${one}\nINHERITS (app.q, app.p);`, `${other}\nINHERITS (app.q, app.p);`, new Set(['app.p']))).toBe(true);
    expect(equal(`${one}\nINHERITS (app.q);`, `${other}\nINHERITS (app.q);`, new Set(['app.p']))).toBe(false);
  });
});

describe('the order of storage parameters', () => {
  it('counts in what is new and not in what was there', () => {
    const index = (order: string) => `CREATE INDEX i ON app.t USING btree (a) WITH (${order}) WHERE (a > 0);`;
    const [one, other] = [index(`fillfactor='70', deduplicate_items='off'`), index(`deduplicate_items='off', fillfactor='70'`)];
    expect(equal(one, other)).toBe(false);
    expect(compareDumps(one, other, new Set(['app.i']))).toMatchObject({ equal: true, movedParameters: ['app.i'] });
    expect(equal(one, other.replace('70', '80'), new Set(['app.i']))).toBe(false);
    const key = (order: string) => `ALTER TABLE ONLY app.t\n    ADD CONSTRAINT k UNIQUE (a) WITH (${order});`;
    expect(equal(key(`a='1', b='2'`), key(`b='2', a='1'`), new Set(['app.k']))).toBe(true);
  });
});

it('names what differs', () => {
  expect(compareDumps('A;B;', 'B;C;', none)).toMatchObject({ equal: false, unexpected: ['A'], missing: ['C'] });
});
