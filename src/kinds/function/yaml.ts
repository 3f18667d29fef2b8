/** Functions in YAML: the map `functions`; several of one name make a list. */
import { functionOf } from '../routine.js';
import { bodyValue, ROUTINE_KEYS, routineIdentity, routineKeys, routineStatements } from '../yaml-routine.js';
import type { SqlText, YamlEntry, YamlPlace, YamlSlot } from '../yaml-slot.js';
import { atValue, described, FLAG, localName, localType, NUMBER, plainScalar, sqlClause, sqlName, TEXT, trueOrNone } from '../yaml-text.js';

function planning(entry: YamlEntry, place: YamlPlace): SqlText {
  const [volatility, parallel, support] = [entry.get('volatility'), entry.get('parallel'), entry.get('support')];
  const [cost, rows] = [entry.get('cost'), entry.get('rows')];
  return [
    entry.flag('window') ? ' WINDOW' : '',
    ...(volatility === null ? [] : [' ', atValue(volatility, volatility.text().toUpperCase())]),
    entry.flag('strict') ? ' STRICT' : '',
    entry.flag('leakproof') ? ' LEAKPROOF' : '',
    ...(parallel === null ? [] : [' PARALLEL ', atValue(parallel, parallel.text().toUpperCase())]),
    ...(cost === null ? [] : [' COST ', atValue(cost, cost.text())]),
    ...(rows === null ? [] : [' ROWS ', atValue(rows, rows.text())]),
    ...(support === null ? [] : [' SUPPORT ', sqlName(support, place)]),
  ];
}

const COST = { ...NUMBER, type: ['number', 'string'], pattern: '^[0-9.e+-]+$', title: 'a number' };

export const yaml: readonly YamlSlot[] = [
  {
    section: 'functions',
    foreign: ['body'],
    within: [''],
    carries: ['comment', 'owner', 'grants on routines', 'security_labels'],
    overloads: true,
    description: 'Functions; several of one name make a list.',
    example: { touch: { returns: 'trigger', language: 'plpgsql', body: 'begin return new; end' } },
    order: 9,
    form: 'map',
    properties: {
      ...ROUTINE_KEYS,
      returns: described(
        'Result: a type, "setof orders", "table (id bigint, total numeric)"; default: what the out arguments give.',
        TEXT,
        'boolean',
        'trigger',
      ),
      volatility: described('What the result depends on; default volatile.', { type: 'string', enum: ['immutable', 'stable', 'volatile'] }),
      strict: described('Null for null arguments, without a call.', FLAG),
      leakproof: described('It tells nothing about its arguments but by its result.', FLAG),
      parallel: described('Whether workers may run it; default unsafe.', { type: 'string', enum: ['safe', 'restricted', 'unsafe'] }),
      cost: described('Cost of a call, in units of cpu_operator_cost.', COST, 10),
      rows: described('How many rows the planner expects of a set.', COST, 100),
      support: described('Planner support function.', TEXT, 'app.refund_support'),
      window: described('A window function.', FLAG),
    },
    hints: ['renamed_from', 'deprecated'],
    identity: (entry, { parts }) => routineIdentity(entry, parts),
    statements: (entry, place) => {
      const returns = entry.get('returns');
      return routineStatements(
        'FUNCTION',
        entry,
        place,
        returns === null ? [] : [' RETURNS ', ...sqlClause(returns, place)],
        planning(entry, place),
      );
    },
    keys: (object, { schema }) => {
      const { result, volatility, strict, leakproof, parallel, cost, rows, support, window } = functionOf(object);
      const { arguments: list, language, ...rest } = routineKeys(object, schema);
      return {
        arguments: list,
        returns: localType(result, schema),
        language,
        volatility: volatility === 'volatile' ? undefined : volatility,
        strict: trueOrNone(strict),
        leakproof: trueOrNone(leakproof),
        parallel: parallel === 'unsafe' ? undefined : parallel,
        cost: cost ?? undefined,
        rows: rows ?? undefined,
        support: support === null ? undefined : plainScalar(localName(support, schema)),
        window: trueOrNone(window),
        ...rest,
        ...bodyValue(object),
      };
    },
  },
];
