/** Every strategy that is judged; a new one is a folder here and a line. */
import type { Strategy } from '../support/online/strategy.js';
import { strategy as addCheck } from './add-check/strategy.js';
import { strategy as addColumnIdentity } from './add-column-identity/strategy.js';
import { strategy as addColumnSerial } from './add-column-serial/strategy.js';
import { strategy as addColumnVolatile } from './add-column-volatile/strategy.js';
import { strategy as addForeignKey } from './add-foreign-key/strategy.js';
import { strategy as addForeignKeySelf } from './add-foreign-key-self/strategy.js';
import { strategy as addPrimaryKey } from './add-primary-key/strategy.js';
import { strategy as addStoredGenerated } from './add-stored-generated/strategy.js';
import { strategy as addUnique } from './add-unique/strategy.js';
import { strategy as attachPartition } from './attach-partition/strategy.js';
import { strategy as attachPartitionColumns } from './attach-partition-columns/strategy.js';
import { strategy as changeCollation } from './change-collation/strategy.js';
import { strategy as changeKeyType } from './change-key-type/strategy.js';
import { strategy as changeType } from './change-type/strategy.js';
import { strategy as changeTypeExpression } from './change-type-expression/strategy.js';
import { strategy as createIndex } from './create-index/strategy.js';
import { strategy as detachPartition } from './detach-partition/strategy.js';
import { strategy as dropColumn } from './drop-column/strategy.js';
import { strategy as dropIndex } from './drop-index/strategy.js';
import { strategy as foreignKeyToPartitioned } from './foreign-key-to-partitioned/strategy.js';
import { strategy as makeGenerated } from './make-generated/strategy.js';
import { strategy as partitionByHash } from './partition-by-hash/strategy.js';
import { strategy as partitionByList } from './partition-by-list/strategy.js';
import { strategy as partitionByRange } from './partition-by-range/strategy.js';
import { strategy as partitionedAddColumn } from './partitioned-add-column/strategy.js';
import { strategy as partitionedChangeType } from './partitioned-change-type/strategy.js';
import { strategy as partitionedForeignKey } from './partitioned-foreign-key/strategy.js';
import { strategy as partitionedIndex } from './partitioned-index/strategy.js';
import { strategy as partitionedRenameColumn } from './partitioned-rename-column/strategy.js';
import { strategy as partitionedUnique } from './partitioned-unique/strategy.js';
import { strategy as renameColumn } from './rename-column/strategy.js';
import { strategy as renameTable } from './rename-table/strategy.js';
import { strategy as reorderEnum } from './reorder-enum/strategy.js';
import { strategy as replaceIndex } from './replace-index/strategy.js';
import { strategy as setNotNull } from './set-not-null/strategy.js';
import { strategy as splitAndBack } from './split-and-back/strategy.js';
import { strategy as splitColumn } from './split-column/strategy.js';

export const STRATEGIES: readonly Strategy[] = [
  addCheck,
  addColumnIdentity,
  addColumnSerial,
  addColumnVolatile,
  addForeignKey,
  addForeignKeySelf,
  addPrimaryKey,
  addStoredGenerated,
  addUnique,
  attachPartition,
  attachPartitionColumns,
  changeCollation,
  changeKeyType,
  changeType,
  changeTypeExpression,
  createIndex,
  detachPartition,
  dropColumn,
  dropIndex,
  foreignKeyToPartitioned,
  makeGenerated,
  partitionByHash,
  partitionByList,
  partitionByRange,
  partitionedAddColumn,
  partitionedChangeType,
  partitionedForeignKey,
  partitionedIndex,
  partitionedRenameColumn,
  partitionedUnique,
  reorderEnum,
  replaceIndex,
  setNotNull,
  renameColumn,
  renameTable,
  splitColumn,
  splitAndBack,
];
