/** The pages of docs/reference/ that the catalogues in the source write. */
import { referencePages } from '../../src/report/explanation.js';

export async function generate(): Promise<ReadonlyMap<string, string>> {
  return referencePages();
}
