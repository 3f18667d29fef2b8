/** Rewrite rules in YAML: `rules` of a table or view. */
import { textOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import { nextToken } from '../tokens.js';
import type { SqlText, YamlEntry, YamlMap, YamlPlace, YamlSlot, YamlStatement } from '../yaml-slot.js';
import { atKey, atValue, bareOrNone, described, EXPRESSION, expression, FLAG, join, sqlClause, TEXT, trueOrNone } from '../yaml-text.js';

const STATES: { readonly [value: string]: string } = {
  false: 'DISABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

/** One command, a list of them, or nothing. */
function commands(entry: YamlEntry | null, place: YamlPlace): SqlText {
  if (entry === null) return ['NOTHING'];
  const items = entry.items();
  if (items.length === 0) return entry.text().toLowerCase() === 'nothing' ? ['NOTHING'] : sqlClause(entry, place);
  const texts = items.map((item) => sqlClause(item, place));
  return ['(', ...join(texts, '; '), ')'];
}

function statements(entry: YamlEntry, place: YamlPlace): readonly YamlStatement[] {
  if (place.owner === null) return [];
  const [event, where] = [entry.get('event'), entry.get('where')];
  const [relation, name] = [quoteName(place.owner.parts), quoteIdent(entry.name ?? '')];
  const state = STATES[entry.get('enabled')?.text() ?? ''];
  return [
    {
      sql: [
        'CREATE RULE ',
        atKey(entry, name),
        ' AS ON ',
        ...(event === null ? [] : [atValue(event, event.text().toUpperCase())]),
        ' TO ',
        atKey(entry, relation),
        ...(where === null ? [] : [' WHERE ', ...expression(where, place)]),
        entry.flag('instead') ? ' DO INSTEAD ' : ' DO ALSO ',
        ...commands(entry.get('do'), place),
      ],
    },
    ...(state === undefined ? [] : [{ sql: [`ALTER TABLE ${relation} ${state} RULE ${name}`] }]),
  ];
}

/** "WHERE (…) DO INSTEAD (a; b)", as pg_get_ruledef() prints it after the head, in its parts. */
export function ruleParts(definition: string): {
  readonly where: string | null;
  readonly instead: boolean;
  readonly commands: readonly string[];
} {
  let depth = 0;
  let [start, body] = [-1, 0];
  for (let token = nextToken(definition, 0); token !== null; token = nextToken(definition, token.to)) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && token.type === 'word' && token.text === 'do') {
      [start, body] = [token.from, token.to];
      break;
    }
  }
  const where = definition.slice(0, start).trim();
  const rest = definition.slice(body).trim();
  const instead = /^instead\s/i.test(rest);
  const text = rest.replace(/^(instead|also)\s+/i, '').trim();
  return { where: where === '' ? null : where.replace(/^where\s+/i, ''), instead, commands: commandsOf(text) };
}

/** Several commands stand in parentheses, each ended by a semicolon but for the last. */
function commandsOf(text: string): readonly string[] {
  const inner = text.startsWith('(') ? bareOrNone(text) : undefined;
  if (inner === undefined || inner === text) return [text];
  const found: string[] = [];
  let from = 0;
  let depth = 0;
  for (let token = nextToken(inner, 0); token !== null; token = nextToken(inner, token.to)) {
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0 && token.type === 'punctuation' && token.text === ';') {
      found.push(inner.slice(from, token.from));
      from = token.to;
    }
  }
  return [...found, inner.slice(from)].map((command) => command.trim()).filter((command) => command !== '');
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'rules',
    within: ['tables'],
    carries: ['comment'],
    description: 'Rewrite rules.',
    example: { no_deletes: { event: 'delete', instead: true, do: 'nothing' } },
    order: 52,
    form: 'map',
    properties: {
      event: described('Command that it is for.', { type: 'string', enum: ['select', 'insert', 'update', 'delete'] }),
      where: described('Condition, with OLD and NEW.', EXPRESSION, 'old.closed'),
      instead: described('Whether it is in place of the command (DO INSTEAD); default: also.', FLAG),
      do: described(
        'Commands that are run: one, a list of them, or nothing (default).',
        {
          anyOf: [TEXT, { type: 'array', items: TEXT, minItems: 1, title: 'a list of commands' }],
          title: 'a command in SQL, a list of them, or nothing',
        },
        'nothing',
        ['insert into log select new.*', 'notify changed'],
      ),
      enabled: described('false, or when replication matters: replica, always.', { enum: [true, false, 'replica', 'always'] }),
    },
    required: ['event'],
    hints: ['renamed_from'],
    statements,
    keys: (object): YamlMap => {
      const { where, instead, commands: list } = ruleParts(textOf(object, 'definition') ?? '');
      const enabled = textOf(object, 'enabled');
      const [only] = list;
      return {
        event: textOf(object, 'event') ?? '',
        where: bareOrNone(where),
        instead: trueOrNone(instead),
        do: list.length > 1 ? list : only === undefined || only.toLowerCase() === 'nothing' ? 'nothing' : only,
        enabled: enabled === 'origin' ? undefined : enabled === 'disabled' ? false : (enabled ?? undefined),
      };
    },
  },
];
