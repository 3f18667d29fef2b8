/** Event triggers in YAML: the map `event_triggers`. */
import { textOf, textsOf } from '../attribute-values.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import type { YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, described, join, listOrNone, sqlClause, TEXT } from '../yaml-text.js';

const STATES: { readonly [value: string]: string } = {
  false: 'DISABLE',
  disabled: 'DISABLE',
  replica: 'ENABLE REPLICA',
  always: 'ENABLE ALWAYS',
};

export const yaml: readonly YamlSlot[] = [
  {
    section: 'event_triggers',
    within: [''],
    carries: ['comment', 'owner', 'security_labels'],
    schemaless: true,
    description: 'Event triggers: functions that run on DDL of everybody.',
    example: { watch_ddl: { event: 'ddl_command_end', execute: 'app.watch()' } },
    order: 90,
    form: 'map',
    properties: {
      event: described('What makes it fire.', {
        type: 'string',
        enum: ['ddl_command_start', 'ddl_command_end', 'sql_drop', 'table_rewrite', 'login'],
      }),
      tags: described('Commands that it is for; default all.', { type: 'array', items: TEXT, minItems: 1, title: 'a list of commands' }, [
        'CREATE TABLE',
        'ALTER TABLE',
      ]),
      execute: described('Call of its function.', { ...TEXT, pattern: '\\)\\s*$', title: 'a call such as app.watch()' }, 'app.watch()'),
      enabled: described('false, or when replication matters: replica, always.', { enum: [true, false, 'replica', 'always'] }),
    },
    required: ['event', 'execute'],
    hints: ['renamed_from'],
    statements: (entry, place) => {
      const [event, tags, call] = [entry.get('event'), entry.get('tags'), entry.get('execute')];
      if (event === null || call === null) return [];
      const name = quoteIdent(entry.name ?? '');
      const state = STATES[entry.get('enabled')?.text() ?? ''];
      const list = (tags?.items() ?? []).map((tag) => [atValue(tag, quoteLiteral(tag.text()))]);
      return [
        {
          sql: [
            'CREATE EVENT TRIGGER ',
            atKey(entry, name),
            ' ON ',
            atValue(event, event.text()),
            ...(list.length === 0 ? [] : [' WHEN TAG IN (', ...join(list, ', '), ')']),
            ' EXECUTE FUNCTION ',
            ...sqlClause(call, place),
          ],
        },
        ...(state === undefined ? [] : [{ sql: [`ALTER EVENT TRIGGER ${name} ${state}`] }]),
      ];
    },
    keys: (object) => {
      const enabled = textOf(object, 'enabled');
      return {
        event: textOf(object, 'event') ?? '',
        tags: listOrNone(textsOf(object, 'tags_as_written')),
        execute: `${textOf(object, 'function') ?? ''}()`,
        enabled: enabled === 'origin' ? undefined : enabled === 'disabled' ? false : (enabled ?? undefined),
      };
    },
  },
];
