/** One change of catalog columns by DDL, as a row of a table; knows no column. */

export interface Mutation {
  /** "pg_class.relowner": the columns that the change is about; a judge checks that they do change. */
  readonly columns: readonly string[];
  readonly setup: string;
  readonly change: string;
  readonly since: number;
  readonly until: number;
  /** Why `setup` is no desired state, so that only hashes can judge; null: it is one. */
  readonly noDesiredState: string | null;
  /** What another session holds open while the change runs and is cancelled, half-way through its transactions; null: it is not. */
  readonly interruptedBy: string | null;
  /** Why nobody is to see this change though the column is read where it means something; null: it must be seen. */
  readonly unseen: string | null;
}

type Options = Partial<Pick<Mutation, 'since' | 'until' | 'noDesiredState' | 'interruptedBy' | 'unseen'>>;

/** `columns` separated by blanks. Schemas app and other, roles mutation_a and mutation_b and tablespace mutation_space are there. */
export function mutation(columns: string, setup: string, change: string, options: Options = {}): Mutation {
  return {
    columns: columns.split(/\s+/),
    setup,
    change,
    since: 14,
    until: 99,
    noDesiredState: null,
    interruptedBy: null,
    unseen: null,
    ...options,
  };
}

/** What cannot be altered is dropped and made again in another way. */
export function remake(columns: string, setup: string, drop: string, create: string, change: string, options: Options = {}): Mutation {
  return mutation(columns, joined(setup, create), `${drop}; ${change}`, options);
}

export function joined(...statements: readonly string[]): string {
  return statements.filter((statement) => statement !== '').join('; ');
}
