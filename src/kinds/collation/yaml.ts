/** Collations in YAML: the map `collations`. */
import { flagOf, textOf } from '../attribute-values.js';
import { quoteLiteral, quoteName } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, FLAG, join, TEXT } from '../yaml-text.js';

const LITERALS = ['locale', 'lc_collate', 'lc_ctype', 'rules'] as const;

export const yaml: readonly YamlSlot[] = [
  {
    section: 'collations',
    within: [''],
    carries: ['comment', 'owner'],
    description: 'Collations: how text is sorted and compared.',
    example: { german: { provider: 'icu', locale: 'de' } },
    order: 2,
    form: 'map',
    properties: {
      provider: described('Library that sorts; default libc.', { type: 'string', enum: ['libc', 'icu', 'builtin'] }),
      locale: described('Locale, by the name that the library has for it.', TEXT, 'de-CH'),
      lc_collate: described('Locale for sorting, where it is not that of lc_ctype (libc).', TEXT, 'de_CH.utf8'),
      lc_ctype: described('Locale for character classes (libc).', TEXT, 'de_CH.utf8'),
      deterministic: described('Texts of other bytes are never equal; default true.', FLAG, false),
      rules: described('Rules beyond those of the locale (ICU, PostgreSQL 16 and later).', TEXT, '& V << w <<< W'),
    },
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const provider = entry.get('provider');
      const options = [
        ...(provider === null ? [] : [['provider = ', atValue(provider, provider.text())]]),
        ...(entry.get('deterministic')?.value === false ? [['deterministic = false']] : []),
        ...LITERALS.flatMap((key) => {
          const member = entry.get(key);
          return member === null ? [] : [[`${key} = `, atValue(member, quoteLiteral(member.text()))]];
        }),
      ];
      if (options.length === 0) {
        place.report({ code: 'SC1043', summary: 'a collation has a locale', hint: 'add the key locale' }, entry.path, 'key');
      }
      return [{ sql: ['CREATE COLLATION ', atKey(entry, quoteName(place.parts)), ' (', ...join(options, ', '), ')'] }];
    },
    keys: (object) => {
      const [collate, ctype] = [textOf(object, 'lc_collate'), textOf(object, 'lc_ctype')];
      const provider = textOf(object, 'provider');
      const isOne = collate === ctype;
      return {
        provider: provider === 'libc' ? undefined : (provider ?? undefined),
        locale: textOf(object, 'locale') ?? (isOne ? (collate ?? undefined) : undefined),
        lc_collate: isOne ? undefined : (collate ?? undefined),
        lc_ctype: isOne ? undefined : (ctype ?? undefined),
        deterministic: flagOf(object, 'deterministic') ? undefined : false,
        rules: textOf(object, 'rules') ?? undefined,
      };
    },
  },
];
