/** Every change that the judge knows how to make. */
import { behaviourMutations } from './behaviour.js';
import { columnMutations } from './columns.js';
import { constraintMutations } from './constraints.js';
import { databaseMutations } from './database.js';
import type { Mutation } from './mutation.js';
import { operatorMutations } from './operators.js';
import { outsideMutations } from './outside.js';
import { relationMutations } from './relations.js';
import { routineMutations } from './routines.js';
import { typeMutations } from './types.js';
import { variantMutations } from './variants.js';

export const mutations: readonly Mutation[] = [
  ...relationMutations,
  ...columnMutations,
  ...constraintMutations,
  ...typeMutations,
  ...routineMutations,
  ...operatorMutations,
  ...behaviourMutations,
  ...outsideMutations,
  ...databaseMutations,
  ...variantMutations,
];
