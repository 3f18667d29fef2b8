/** Changes that no transaction holds, cancelled while another session keeps them from their second half. */
import { pinSession } from '../../src/catalog/session.js';
import type { CatalogColumn } from '../support/catalog-ledger.js';
import { withClient, withDatabase } from '../support/database.js';
import { GROUND, type Judgement, judgeChange } from './judge.js';
import type { Mutation } from './mutation.js';

export async function judgeInterrupted(major: number, mutation: Mutation, columns: readonly CatalogColumn[]): Promise<Judgement> {
  return withDatabase(
    ({ url }) =>
      withClient(url, async (client) => {
        await client.query(`${GROUND}; ${mutation.setup}`);
        await pinSession(client);
        const change = (): Promise<void> =>
          withClient(url, async (other) => {
            await other.query(`begin; ${mutation.interruptedBy}`);
            await client.query('set statement_timeout = 500');
            const outcome = await client.query(mutation.change).then(
              () => 'done',
              (error: { readonly code?: string }) => error.code,
            );
            await client.query('set statement_timeout = 0');
            // query_canceled
            if (outcome !== '57014') throw new Error(`it was not interrupted: ${outcome}`);
          });
        return judgeChange(client, major, mutation, columns, change);
      }),
    { major },
  );
}
