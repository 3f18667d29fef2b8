/** Where throw-away servers keep their data: in memory where the system has room for it; knows nothing of servers. */
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';

const NEEDED_BYTES = 2 * 1024 ** 3;

/**
 * A folder for the servers that run as `uid`, or undefined where there is none. A new database is 300 files: in memory that takes 10 ms, on a slow disk
 * up to 250 ms, and every plan makes several. Containers often have 64 MB there, which is not enough.
 */
export async function memoryFolder(uid: number | string = process.getuid?.() ?? 0): Promise<string | undefined> {
  try {
    const { bavail, bsize } = await statfs('/dev/shm');
    return bavail * bsize >= NEEDED_BYTES ? join('/dev/shm', `schemactl-${uid}`) : undefined;
  } catch {
    return undefined;
  }
}
