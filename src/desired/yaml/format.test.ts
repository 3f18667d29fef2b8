/** One form for YAML files: what moves, what stays, and that nothing is lost. No database. */
import { describe, expect, it } from 'vitest';
import { kinds } from '../../kinds/registry.js';
import { formatYaml } from './format.js';

const MESSY = `# The shop.

tables:
    # Who buys.
    customers:
        primary_key:
            - id   # never reused
        comment: "Who buys."
        columns:
            # first of all
            id: {identity: always,   type: bigint}
            name: {type: 'text', not_null: true, default: "'nobody'", comment: 'a rather long comment, with a comma, that would not fit'}
            big: { default: 9223372036854775806, type: numeric }
            share:
                default: 0.10
                type: "numeric(3,2)" # as a part of one
            born: { type: date }  # of them

        # the list
        indexes: [ [name] ]
    2024:
        columns: {a: int}
enums: {mood: [sad,
   ok]}
schema: app
`;

const TIDY = `# The shop.

schema: app

enums:
  mood: [ sad, ok ]

tables:
  # Who buys.
  customers:
    comment: Who buys.
    columns:
      # first of all
      id: { type: bigint, identity: always }
      name:
        type: text
        comment: a rather long comment, with a comma, that would not fit
        not_null: true
        default: "'nobody'"
      big: { type: numeric, default: 9223372036854775806 }
      share:
        type: numeric(3,2) # as a part of one
        default: 0.10
      born: { type: date } # of them
    primary_key:
      - id # never reused

    # the list
    indexes: [ [ name ] ]
  "2024":
    columns:
      a: int
`;

describe('formatYaml', () => {
  it('orders keys, keeps names in their order, comments at their things, and digits', () => {
    expect(formatYaml(MESSY, kinds)).toBe(TIDY);
  });

  it('has nothing to do a second time', () => {
    const once = formatYaml(MESSY, kinds);
    expect(formatYaml(once ?? '', kinds)).toBe(once);
  });

  it('keeps documents apart, bodies in lines, anchors and aliases', () => {
    const text = `schema: a\ntables:\n  t: &t { columns: { x: integer } }\n  u: *t\n---\n# Of b.\nschema: b\n\ntables:\n  v: { comment: |\n      Two\n      lines.\n    }\n`;
    const tidy = formatYaml(text.replace(/v: \{ comment: \|[\s\S]*\}\n$/, 'v:\n    comment: |\n      Two\n      lines.\n'), kinds);
    expect(tidy).toContain('---\n# Of b.\nschema: b\n');
    expect(tidy).toContain('    comment: |\n      Two\n      lines.\n');
    expect(tidy).toContain('u: *t');
  });

  it('leaves what is no YAML to those who say where', () => {
    expect(formatYaml('tables: [', kinds)).toBeNull();
  });

  it.each(['', '# nothing yet\n', 'schema: app\n'])('leaves %j as it is', (text) => expect(formatYaml(text, kinds)).toBe(text));
});
