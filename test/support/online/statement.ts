/** Statements with named parameters, as strategies write them, into what the driver takes. Pure. */
export interface Bound {
  readonly text: string;
  readonly values: readonly (string | null)[];
}

interface Compiled {
  readonly text: string;
  readonly names: readonly string[];
}

const compiled = new Map<string, Compiled>();

/** `$name` becomes `$1` …; @throws Error for a name without a value */
export function bind(sql: string, values: Readonly<Record<string, string | null>>): Bound {
  const known = compiled.get(sql) ?? compile(sql);
  compiled.set(sql, known);
  return {
    text: known.text,
    values: known.names.map((name) => {
      const value = values[name];
      if (value === undefined) throw new Error(`there is no value for $${name} in: ${sql}`);
      return value;
    }),
  };
}

function compile(sql: string): Compiled {
  const names: string[] = [];
  const text = sql.replace(/\$([a-z_]\w*)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `$${names.indexOf(name) + 1}`;
  });
  return { text, names };
}
