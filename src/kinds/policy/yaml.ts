/** Policies in YAML: `policies` of a table. */
import { flagOf, textOf, textsOf } from '../attribute-values.js';
import { quoteIdent, quoteName } from '../quote.js';
import type { SqlText, YamlEntry, YamlSlot } from '../yaml-slot.js';
import { atKey, atValue, bareOrNone, described, EXPRESSION, expression, join, TEXT } from '../yaml-text.js';

function roles(entry: YamlEntry): SqlText {
  const items = entry.items();
  const names = (items.length > 0 ? items : [entry]).map((item) => [
    atValue(item, item.text().toLowerCase() === 'public' ? 'PUBLIC' : quoteIdent(item.text())),
  ]);
  return [' TO ', ...join(names, ', ')];
}

export const yaml: readonly YamlSlot[] = [
  {
    section: 'policies',
    within: ['tables'],
    carries: ['comment'],
    description: 'Row-level security policies.',
    example: { own_rows: { for: 'select', to: ['reader'], using: 'owner = current_user' } },
    order: 51,
    form: 'map',
    properties: {
      as: described('permissive (default), or restrictive: it must hold beside the others.', {
        type: 'string',
        enum: ['permissive', 'restrictive'],
      }),
      for: described('Command that it speaks of; default all.', { type: 'string', enum: ['all', 'select', 'insert', 'update', 'delete'] }),
      to: described(
        'Roles; default PUBLIC.',
        {
          anyOf: [TEXT, { type: 'array', items: TEXT, minItems: 1, title: 'a list of roles' }],
          title: 'a role, or a list of roles',
        },
        ['app_user'],
      ),
      using: described('Rows that are seen.', EXPRESSION, "tenant_id = current_setting('app.tenant')::uuid"),
      check: described('Rows that may be written (WITH CHECK).', EXPRESSION, 'true'),
    },
    hints: ['renamed_from'],
    statements: (entry, place) => {
      if (place.owner === null) return [];
      const [to, using, check] = [entry.get('to'), entry.get('using'), entry.get('check')];
      const command = entry.get('for');
      return [
        {
          sql: [
            'CREATE POLICY ',
            atKey(entry, quoteIdent(entry.name ?? '')),
            ' ON ',
            atKey(entry, quoteName(place.owner.parts)),
            entry.get('as')?.text() === 'restrictive' ? ' AS RESTRICTIVE' : '',
            command === null ? '' : ` FOR ${command.text().toUpperCase()}`,
            ...(to === null ? [] : roles(to)),
            ...(using === null ? [] : [' USING ', ...expression(using, place)]),
            ...(check === null ? [] : [' WITH CHECK ', ...expression(check, place)]),
          ],
        },
      ];
    },
    keys: (object) => {
      const [command, to] = [textOf(object, 'command'), textsOf(object, 'roles')];
      return {
        as: flagOf(object, 'permissive') ? undefined : 'restrictive',
        for: command === 'all' ? undefined : (command ?? undefined),
        to: to.length === 1 && to[0] === 'public' ? undefined : to,
        using: bareOrNone(textOf(object, 'using')),
        check: bareOrNone(textOf(object, 'check')),
      };
    },
  },
];
