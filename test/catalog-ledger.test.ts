/** The ledger of catalog columns against the kinds, and against the server of the quick suite; test/matrix has the other majors. */
import { describe, expect, it } from 'vitest';
import { schemaCatalogs } from '../src/kinds/catalog-columns/catalogs.js';
import type { Reading } from '../src/kinds/catalog-columns/ledger.js';
import { kindByName, kinds } from '../src/kinds/registry.js';
import { ledgerSuite } from './support/catalog-ledger.js';

const readings = schemaCatalogs.flatMap(({ name, columns }) =>
  columns.flatMap(({ name: column, decision }) =>
    ('read' in decision ? decision.read : decision.shown).map((reading) => ({ ...reading, column: `${name}.${column}` })),
  ),
);

describe('catalog ledger and kinds', () => {
  it('names kinds and attributes that there are', () => {
    const wrong = readings.filter(({ kind, attribute }) => {
      const known = kindByName.get(kind);
      return known === undefined || (attribute !== null && !(attribute in known.attributes));
    });
    expect(wrong).toEqual([]);
  });

  it('calls nothing read that is not compared', () => {
    const compared = ({ kind, attribute }: Reading): boolean =>
      attribute === null || kindByName.get(kind)?.attributes[attribute] !== 'unhashed';
    const idle = schemaCatalogs.flatMap(({ name, columns }) =>
      columns.filter(({ decision }) => 'read' in decision && !decision.read.some(compared)).map((column) => `${name}.${column.name}`),
    );
    expect(idle).toEqual([]);
  });

  it('says of every attribute of every kind which columns it comes from', () => {
    const reached = new Set(readings.map(({ kind, attribute }) => `${kind}.${attribute}`));
    // Rows of tables come from no catalog.
    const inCatalog = kinds.filter(({ reading }) => reading === undefined);
    const attributes = inCatalog.flatMap((kind) => Object.keys(kind.attributes).map((attribute) => `${kind.name}.${attribute}`));
    expect(attributes.filter((attribute) => !reached.has(attribute))).toEqual([]);
  });

  it('gives a reason, and lists no column twice', () => {
    const all = schemaCatalogs.flatMap(({ name, columns }) => columns.map((column) => ({ ...column, path: `${name}.${column.name}` })));
    const empty = all.filter(({ decision }) =>
      'read' in decision ? decision.read.length === 0 : ('derived' in decision ? decision.derived : decision.leftOut).length < 8,
    );
    expect(empty).toEqual([]);
    expect(new Set(all.map(({ path }) => path)).size).toBe(all.length);
  });
});

ledgerSuite(15);
