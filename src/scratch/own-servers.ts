/**
 * Scratch databases each on an embedded server of its own, for what belongs to a whole server and would be seen from every other database
 * there. Knows no kind.
 */
import { DiagnosticError } from '../core/diagnostic.js';
import { openScratch, type Scratch, type ScratchInput } from './open.js';

/** @throws DiagnosticError SC8006 where scratch is somebody else's server, on which nothing cluster-wide is made */
export async function openOwnServers(input: ScratchInput): Promise<Scratch> {
  if (input.choice.kind !== 'embedded') {
    throw new DiagnosticError([
      {
        code: 'SC8006',
        severity: 'error',
        summary: 'what belongs to the whole server cannot be tried on a scratch server of others',
        detail: 'it would be made for every database there, and schemactl makes nothing cluster-wide on a server that is not its own',
        hint: 'use --scratch embedded, or manage it by a plan of its own',
      },
    ]);
  }
  const servers = new Set<Scratch>();
  return {
    async newDatabase() {
      const server = await openScratch(input);
      servers.add(server);
      const end = async (): Promise<void> => {
        if (servers.delete(server)) await server.close();
      };
      try {
        return { ...(await server.newDatabase()), drop: end };
      } catch (error) {
        await end();
        throw error;
      }
    },
    async close() {
      for (const server of [...servers]) await server.close();
      servers.clear();
    },
  };
}
