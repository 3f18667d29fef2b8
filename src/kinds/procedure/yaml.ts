/** Procedures in YAML: the map `procedures`; several of one name make a list. */
import { bodyValue, ROUTINE_KEYS, routineIdentity, routineKeys, routineStatements } from '../yaml-routine.js';
import type { YamlSlot } from '../yaml-slot.js';

export const yaml: readonly YamlSlot[] = [
  {
    section: 'procedures',
    foreign: ['body'],
    within: [''],
    carries: ['comment', 'owner', 'grants on routines', 'security_labels'],
    overloads: true,
    description: 'Procedures; several of one name make a list.',
    example: { clean: { language: 'sql', body: 'delete from sessions' } },
    order: 9.1,
    form: 'map',
    properties: ROUTINE_KEYS,
    hints: ['renamed_from', 'deprecated'],
    identity: (entry, { parts }) => routineIdentity(entry, parts),
    statements: (entry, place) => routineStatements('PROCEDURE', entry, place, [], []),
    keys: (object, { schema }) => ({ ...routineKeys(object, schema), ...bodyValue(object) }),
  },
];
