/** Lists of what platforms and extensions make in a database by themselves, from the data files of the package. Knows no platform. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { DiagnosticError } from '../core/diagnostic.js';
import { schemaDiagnostics } from '../desired/yaml/schema-errors.js';
import { parseYaml } from '../desired/yaml/yaml-file.js';

export interface Preset {
  readonly title: string;
  readonly ignore: readonly {
    readonly patterns: readonly string[];
    readonly why: string;
    /** Where the fact is from. */
    readonly source: string;
  }[];
}

const FOLDER = fileURLToPath(new URL('../../presets/', import.meta.url));
const CODES = { unknownKey: 'SC7003', missingKey: 'SC7004', wrongValue: 'SC7005' } as const;

const TEXT = { type: 'string', minLength: 1 } as const;

const PRESET_SCHEMA = {
  type: 'object',
  additionalProperties: false,
  required: ['title', 'ignore'],
  properties: {
    title: TEXT,
    ignore: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['patterns', 'why', 'source'],
        properties: {
          patterns: { type: 'array', minItems: 1, items: TEXT, title: 'a list of address patterns' },
          why: TEXT,
          source: { type: 'string', pattern: '^https://', title: 'an address' },
        },
      },
    },
  },
} as const;

/** By name, sorted. */
export function presetNames(): readonly string[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** Null: there is none of the name. */
export function readPreset(name: string): Preset | null {
  const file = join(FOLDER, `${name}.yaml`);
  if (!presetNames().includes(name) || !existsSync(file)) return null;
  const yaml = parseYaml(file, readFileSync(file, 'utf8'), 'SC7002');
  if (yaml.diagnostics.length > 0) throw new DiagnosticError(yaml.diagnostics);
  const validate = new Ajv({ allErrors: true, verbose: true }).compile<Preset>(PRESET_SCHEMA);
  if (!validate(yaml.value)) throw new DiagnosticError(schemaDiagnostics(yaml, validate.errors ?? [], CODES));
  return yaml.value;
}

/** The patterns of all that is listed. */
export function presetPatterns(preset: Preset): readonly string[] {
  return preset.ignore.flatMap(({ patterns }) => patterns);
}
