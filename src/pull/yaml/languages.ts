/** Which language an object is said in, or should be. Names no kind. */
import type { Address } from '../../core/address.js';
import type { SchemaObject } from '../../core/object.js';
import { schemaOf } from '../../diff/scope.js';
import { kindByName } from '../../kinds/registry.js';
import type { Difference, Texts } from '../difference.js';

export type Language = 'yaml' | 'sql';

/** What is declared by itself has the language of its file; what comes along that of its parent; what is new that of its like. */
export function languages({ desired, said, wanted }: Difference, texts: Texts): (object: SchemaObject) => Language {
  const declared = new Map<Address, Language>();
  for (const { declares } of desired.declarations)
    for (const { address, span } of declares) if (!declared.has(address)) declared.set(address, languageOf(span.file));
  const known = new Map<Address, Language>();
  const all = [...texts.keys()].map(languageOf);
  const usual: Language = all.includes('sql') && !all.includes('yaml') ? 'sql' : 'yaml';
  const places = new Map<string, Record<Language, number>>();
  for (const [address, language] of declared) {
    const object = said.get(address);
    if (object === undefined || object.parts.length === 0) continue;
    for (const place of placesOf(object)) {
      const counts = places.get(place) ?? { yaml: 0, sql: 0 };
      counts[language] += 1;
      places.set(place, counts);
    }
  }
  function placesOf(object: SchemaObject): readonly string[] {
    const schema = schemaOf(object, wanted.has(object.address) ? wanted : said, kindByName) ?? '';
    return [`${schema} ${object.kind}`, schema];
  }
  const find = (object: SchemaObject): Language => {
    const own = declared.get(object.address);
    if (own !== undefined) return own;
    const parent = said.get(object.parent ?? '') ?? wanted.get(object.parent ?? '');
    if (parent !== undefined) return speaks(parent);
    const counts = placesOf(object).flatMap((place) => places.get(place) ?? [])[0];
    return counts === undefined ? usual : counts.sql > counts.yaml ? 'sql' : 'yaml';
  };
  const speaks = (object: SchemaObject): Language => {
    const before = known.get(object.address);
    if (before !== undefined) return before;
    const language = find(object);
    known.set(object.address, language);
    return language;
  };
  return speaks;
}

function languageOf(file: string): Language {
  return /\.ya?ml$/i.test(file) ? 'yaml' : 'sql';
}
