/** schemactl pause and resume with the real executable, on a plan that is open. */
import { expect, it, vi } from 'vitest';
import { stoppedScene } from './operations.js';

vi.setConfig({ testTimeout: 120_000 });

it('an open plan is made to hold back and let go on, as often as it is said', async () => {
  const { id, run } = await stoppedScene();
  const told = async (command: string, plan = id) => {
    const { code, stdout, stderr } = await run(command, plan, '-e', 'test');
    return [code, (stdout + stderr).split('\n')[0]];
  };
  expect(await told('pause')).toEqual([
    0,
    `Plan ${id} holds back: its backfills stop between two batches, and its contract phase is not begun.`,
  ]);
  expect(await told('pause')).toEqual([0, `Plan ${id} was holding back already.`]);
  expect(await told('resume')).toEqual([0, `Plan ${id} goes on.`]);
  expect(await told('resume')).toEqual([0, `Plan ${id} was not holding back.`]);
  expect(await told('pause', 'none')).toEqual([1, 'error[SC5105] the plan none is not open']);
});
