/** Finds and reads schemactl.yaml; knows its form, not what a plan or a database is. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Ajv } from 'ajv';
import { DiagnosticError } from '../core/diagnostic.js';
import { schemaDiagnostics } from '../desired/yaml/schema-errors.js';
import { parseYaml } from '../desired/yaml/yaml-file.js';
import { type Config, EMPTY_CONFIG } from './config.js';
import { type RawConfig, resolveConfig } from './resolve.js';
import { CONFIG_SCHEMA } from './schema.js';

export const CONFIG_FILE = 'schemactl.yaml';
const CODES = { unknownKey: 'SC7003', missingKey: 'SC7004', wrongValue: 'SC7005' } as const;

/** The configuration file of a folder: the nearest one upwards, not beyond the root of the git checkout. */
export function findConfig(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const file = join(at, CONFIG_FILE);
    if (existsSync(file)) return file;
    if (existsSync(join(at, '.git')) || dirname(at) === at) return null;
  }
}

/** Reads the file given, else the one found from `folder` upwards, else the defaults. */
export function loadConfig(given: string | null, folder: string): Config {
  const file = given === null ? findConfig(folder) : resolve(folder, given);
  if (file === null) return EMPTY_CONFIG;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'no such file' : (error as Error).message;
    throw new DiagnosticError([
      { code: 'SC7001', severity: 'error', summary: `cannot read the configuration ${given ?? file}: ${reason}` },
    ]);
  }
  return parseConfig(file, text);
}

/** Reads configuration text; `file` is where it is from, which relative paths start at. */
export function parseConfig(file: string, text: string): Config {
  const yaml = parseYaml(file, text, 'SC7002');
  if (yaml.diagnostics.length > 0) throw new DiagnosticError(yaml.diagnostics);
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<RawConfig>(CONFIG_SCHEMA);
  const value = yaml.value;
  if (!validate(value)) throw new DiagnosticError(schemaDiagnostics(yaml, validate.errors ?? [], CODES));
  return resolveConfig(yaml, value);
}
