/** schemactl pause: an open plan holds back until it is resumed. */
import { PausingCommand } from './pausing.js';

export class PauseCommand extends PausingCommand {
  static override summary = 'Make an open plan hold back';
  static override description =
    'Backfills stop between two batches, within a second, and the contract phase is not begun; what runs keeps its lock and waits. Exit codes: 0 done, 1 no such plan is open.';
  static override examples = ['<%= config.bin %> pause 0b7c4a52-9a41-4c39-a11e-9d2f0f0c6a01 --env production'];

  protected execute(): Promise<number> {
    return this.setPaused(true);
  }
}
