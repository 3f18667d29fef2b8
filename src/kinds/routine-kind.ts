/** The slots that functions and procedures fill in the same way. */
import { formatAddress } from '../core/address.js';
import type { SchemaObject } from '../core/object.js';
import type { PlanRequirement } from '../core/plan.js';
import { extensionClauses } from './extension-dependence.js';
import type { Alteration, Hazard, Kind, Operation, OperationContext, SetChange } from './kind.js';
import { routinePin } from './pins.js';
import { quoteIdent, quoteName } from './quote.js';
import { SUPERUSER } from './requirements.js';
import { type RoutineWord, routineName, routineNamespace, routineOf } from './routine.js';
import { alterStatements } from './routine-alteration.js';
import type { CreateVerb } from './routine-statement.js';
import { goesWithType } from './type-shell.js';

type Slots = Pick<Kind, 'namespace' | 'reference' | 'grantReference' | 'create' | 'alter' | 'drop' | 'rename' | 'pin'>;

export function routineSlots(word: RoutineWord, statement: (routine: SchemaObject, verb: CreateVerb) => string): Slots {
  const reference = (routine: SchemaObject): string => `${word} ${routineName(routine)}`;
  return {
    namespace: routineNamespace,
    reference,
    grantReference: reference,
    create: (routine) => [
      {
        sql: statement(routine, 'CREATE'),
        requires: routineNeeds(routine),
        hazards: securityHazards(routine, false),
        undo: { sql: [`DROP ${reference(routine)}`] },
      },
      ...extensionClauses([], routineOf(routine).depends_on_extensions).map((clause) => ({ sql: `ALTER ${reference(routine)} ${clause}` })),
    ],
    alter: (change): Alteration => {
      const forward = alterStatements(word, change, statement);
      if (forward === null) return 'replace';
      const { before, after, changed } = change;
      const back = alterStatements(word, { before: after, after: before, changed }, statement);
      const undo = back === null ? { reason: 'PostgreSQL cannot replace it with the definition of before' } : { sql: back };
      const hazards = [...securityHazards(after, routineOf(before).security_definer), ...resultHazards(before, after)];
      return {
        operations: forward.map((sql, index) => ({
          sql,
          requires: alterationNeeds(sql, change),
          undo,
          hazards: index === 0 ? hazards : [],
        })),
      };
    },
    drop: (routine, context) =>
      goesWithType(routine, context)
        ? []
        : [{ sql: `DROP ${reference(routine)}`, hazards: [dropHazard(routine, context)], undo: { sql: [statement(routine, 'CREATE')] } }],
    rename: (routine, to): readonly Operation[] => [
      {
        sql: `ALTER ${reference(routine)} RENAME TO ${quoteIdent(to)}`,
        hazards: [
          {
            code: 'rename-routine',
            address: routine.address,
            message: `callers of ${routineName(routine)} that the server does not track (function bodies, applications) fail until they use the new name`,
          },
        ],
        undo: {
          sql: [
            `ALTER ${word} ${quoteName([...routine.parts.slice(0, -1), to])}${routine.signature} RENAME TO ${quoteIdent(routine.parts.at(-1) ?? '')}`,
          ],
        },
      },
    ],
    pin: (routine) => routinePin(reference(routine)),
  };
}

/** A language that is not trusted takes a superuser, which is asked for with the USAGE of it. */
function routineNeeds(routine: SchemaObject): readonly PlanRequirement[] {
  const { language } = routineOf(routine);
  const { leakproof, support } = routine.attributes;
  if (language === 'c' || language === 'internal' || leakproof === true || typeof support === 'string') return SUPERUSER;
  return [{ privilege: 'USAGE', on: formatAddress('language', [language]) }];
}

/** Whoever owns a function may change all but what bears on others' rows and plans; CREATE OR REPLACE is as CREATE. */
function alterationNeeds(sql: string, { after, changed }: SetChange): readonly PlanRequirement[] {
  if (sql.startsWith('CREATE ')) return routineNeeds(after);
  return (changed.has('leakproof') && after.attributes.leakproof === true) || changed.has('support') ? SUPERUSER : [];
}

export function dropHazard(routine: SchemaObject, context: OperationContext): Hazard {
  const { address } = routine;
  return context.isNew(address)
    ? { code: 'destructive-replace', address, message: `${routineName(routine)} is dropped and created again, with what depends on it` }
    : {
        code: 'drop-routine',
        address,
        message: `callers of ${routineName(routine)} that the server does not track (function bodies, applications) fail from then on`,
      };
}

/** A function that runs with its owner's rights and the caller's search_path can be made to call the caller's objects. */
function securityHazards(routine: SchemaObject, before: boolean): readonly Hazard[] {
  const { security_definer: definer, config } = routineOf(routine);
  if (!definer || before || config.search_path !== undefined) return [];
  const message = `${routineName(routine)} runs with its owner's rights but with the search_path of whoever calls it`;
  return [{ code: 'security-definer', address: routine.address, message, evenNew: true }];
}

/** Indexes, generated columns and constraints keep the results that an immutable function had when they were built. */
function resultHazards(before: SchemaObject, after: SchemaObject): readonly Hazard[] {
  const { volatility, body, sql_body: parsed } = before.attributes;
  if (volatility !== 'immutable' || (body === after.attributes.body && parsed === after.attributes.sql_body)) return [];
  const message = `stored results of ${routineName(after)} (indexes, generated columns, checks) are not computed again`;
  return [{ code: 'replace-immutable-function', address: after.address, message }];
}
