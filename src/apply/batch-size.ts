/** How many rows the next batch of a backfill has, so that a batch takes about as long as it should; knows no database. */
export class BatchSize {
  #rows: number;

  constructor(
    first: number,
    private readonly most: number,
    private readonly target_ms: number,
  ) {
    this.#rows = first;
  }

  get rows(): number {
    return this.#rows;
  }

  /** At most twice as many or half as many as before: one batch that met a slow moment says little about the next. */
  took(ms: number): void {
    const factor = Math.min(Math.max(this.target_ms / Math.max(ms, 1), 0.5), 2);
    this.#rows = Math.min(Math.max(Math.round(this.#rows * factor), 1), this.most);
  }

  halve(): void {
    this.#rows = Math.max(this.#rows >> 1, 1);
  }
}
