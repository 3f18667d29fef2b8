/** What pins a sequence. */
import { formatAddress } from '../../core/address.js';
import type { SchemaObject, State } from '../../core/object.js';
import { textOf } from '../attribute-values.js';
import type { Pin } from '../kind.js';
import { relationPin, schemaPin } from '../pins.js';
import { namePartsOf } from '../qualified-name.js';
import { quoteName } from '../quote.js';

/**
 * Every lock on a sequence that a no-op takes stops nextval() too: who inserts into its table would wait for it while the step waits for
 * the table, and one of the two is lost. So one that belongs to a column goes with its table (an identity's by being a part of it).
 * Not kept out then: ALTER SEQUENCE on itself.
 */
export function sequencePin(sequence: SchemaObject, state: State): Pin | null {
  if (sequence.parent !== null) return null;
  const column = state.get(formatAddress('sequence_owner', sequence.parts));
  if (column === undefined) return schemaPin(sequence, `SEQUENCE ${quoteName(sequence.parts)}`);
  return relationPin(`TABLE ONLY ${quoteName(namePartsOf(textOf(column, 'column') ?? '').slice(0, 2))}`);
}
