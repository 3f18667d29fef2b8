/** Which dictionaries a configuration asks for which type of token, and the statements that change it. */
import type { SchemaObject } from '../../core/object.js';
import { recordOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';

/** Type of token -> dictionaries, qualified, in the order in which they are asked. */
type Mappings = ReadonlyMap<string, string>;

function mappingsOf(object: SchemaObject): Mappings {
  const entries = Object.entries(recordOf(object, 'mappings'));
  return new Map(entries.map(([token, dictionaries]) => [token, Array.isArray(dictionaries) ? dictionaries.join(', ') : '']));
}

const EMPTY: SchemaObject['attributes'] = { mappings: {} };

/** Types of token with the same dictionaries share a statement. */
function write(object: SchemaObject, verb: 'ADD' | 'ALTER', wanted: Mappings): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [token, dictionaries] of wanted) groups.set(dictionaries, [...(groups.get(dictionaries) ?? []), token]);
  return [...groups].map(
    ([dictionaries, tokens]) => `${head(object)} ${verb} MAPPING FOR ${tokens.map(quoteIdent).join(', ')} WITH ${dictionaries}`,
  );
}

const head = (object: SchemaObject): string => `ALTER TEXT SEARCH CONFIGURATION ${quoteName(object.parts)}`;

/** Statements that give `to` its mappings where it has those of `from`; null: none. */
export function mappingStatements(from: SchemaObject | null, to: SchemaObject): readonly string[] {
  const had = mappingsOf(from ?? { ...to, attributes: EMPTY });
  const wanted = mappingsOf(to);
  const gone = [...had.keys()].filter((token) => !wanted.has(token));
  const added = new Map([...wanted].filter(([token]) => !had.has(token)));
  const changed = new Map([...wanted].filter(([token, dictionaries]) => had.has(token) && had.get(token) !== dictionaries));
  return [
    ...(gone.length === 0 ? [] : [`${head(to)} DROP MAPPING FOR ${gone.map(quoteIdent).join(', ')}`]),
    ...write(to, 'ADD', added),
    ...write(to, 'ALTER', changed),
  ];
}
