/** A desired YAML file's text -> declarations, hints and findings, through the SQL that says the same. Names no kind. */
import { Ajv, type ValidateFunction } from 'ajv';
import type { Address } from '../../core/address.js';
import type { Diagnostic } from '../../core/diagnostic.js';
import type { Kind } from '../../kinds/kind.js';
import { quoteIdent } from '../../kinds/quote.js';
import type { Declaration, Hint } from '../declaration.js';
import type { FileContent } from '../file-content.js';
import { type ReadText, readText } from '../read-text.js';
import { declarationsOf, type Rules, rulesByNode } from '../sql/meaning.js';
import { parseStatement } from '../sql/parse.js';
import { notAskedFor } from '../sql/refusal.js';
import { noScope, type VariableScope } from '../variables.js';
import { type AttachedFiles, attachedFiles } from './attached-files.js';
import { hintsApart } from './hints.js';
import { desiredSchema } from './json-schema.js';
import { type Rendered, type RenderedStatement, renderDocument } from './render.js';
import { schemaDiagnostics } from './schema-errors.js';
import { type SlotTree, slotTree } from './slot-tree.js';
import { sqlSource } from './sql-source.js';
import { parseYamlDocuments, type YamlFile } from './yaml-file.js';

const SYNTAX = 'SC1040';
const CODES = { unknownKey: 'SC1046', missingKey: 'SC1047', wrongValue: 'SC1048' } as const;

interface DesiredText {
  readonly path: string;
  readonly text: string;
}

/** Reads desired YAML files with these kinds; the schema is compiled once. */
export function yamlReader(
  kinds: readonly Kind[],
): (file: DesiredText, read?: ReadText, scope?: VariableScope, unasked?: readonly Kind[]) => Promise<FileContent> {
  const tree = slotTree(kinds);
  const rules = rulesByNode(kinds.flatMap((kind) => kind.sql ?? []));
  let validate: ValidateFunction | null = null;
  return async (file, read = readText, scope = noScope(), unasked = []) => {
    validate ??= new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile(desiredSchema(kinds));
    const rendered: Rendered[] = [];
    const apart: Hint[] = [];
    const diagnostics: Diagnostic[] = [];
    const attached = attachedFiles(file.path, read, scope);
    for (const document of parseYamlDocuments(file.path, file.text, SYNTAX, { scope, isForeign: tree.isForeign })) {
      const wrong =
        document.diagnostics.length > 0
          ? document.diagnostics
          : [...violations(document, validate), ...unaskedFor(document, tree, unasked)];
      diagnostics.push(...wrong);
      if (wrong.length > 0) continue;
      const whole = await renderWhole(document, tree, attached);
      const inSql = document.sqlDiagnostics();
      diagnostics.push(...inSql);
      // What a variable left behind is no SQL, of course.
      const lines = new Set(inSql.map(({ span }) => span?.start.line));
      rendered.push({
        ...whole,
        diagnostics: whole.diagnostics.filter(({ code, span }) => code !== 'SC1041' || !lines.has(span?.start.line)),
      });
      apart.push(...hintsApart(document));
    }
    diagnostics.push(...attached.diagnostics);
    const content = await contentOf(rendered, rules, diagnostics);
    return { ...content, hints: [...content.hints, ...apart], attached: attached.files };
  };
}

/** What belongs to the whole server, in a document of a run that does not ask for it. */
function unaskedFor(document: YamlFile, tree: SlotTree, unasked: readonly Kind[]): readonly Diagnostic[] {
  const keys = document.keys([]);
  return tree
    .inside('')
    .filter(({ kind, slot }) => unasked.includes(kind) && keys.includes(slot.section))
    .map(({ kind, slot }) => notAskedFor(`the key ${slot.section}`, document.span([slot.section], 'key'), kind.name));
}

/** Which files a document takes its texts from is known once it is rendered without them. */
async function renderWhole(document: YamlFile, tree: SlotTree, attached: AttachedFiles): Promise<Rendered> {
  for (;;) {
    const rendered = renderDocument(attached.attachedTo(document), tree);
    if (!(await attached.fetch())) return rendered;
  }
}

function violations(document: YamlFile, validate: ValidateFunction): readonly Diagnostic[] {
  return validate(document.value) ? [] : schemaDiagnostics(document, validate.errors ?? [], CODES);
}

async function contentOf(rendered: readonly Rendered[], rules: Rules, found: readonly Diagnostic[]): Promise<FileContent> {
  const diagnostics = [...found, ...rendered.flatMap((document) => document.diagnostics)];
  const declarations: Declaration[] = [];
  const implied = new Set<Declaration>();
  const addresses = new Map<RenderedStatement, Address>();
  const statements = rendered.flatMap((document) => document.statements).sort((a, b) => a.rank - b.rank || (a.turn ?? 0) - (b.turn ?? 0));
  // What a slot complained about may make no sense as SQL.
  const isWhole = diagnostics.every((diagnostic) => diagnostic.severity !== 'error');
  for (const statement of isWhole ? statements : []) {
    const made = await declare(statement, rules);
    if ('diagnostic' in made) diagnostics.push(made.diagnostic);
    else {
      declarations.push(...made.declarations);
      const address = made.declarations[0]?.declares[0]?.address;
      if (address !== undefined) addresses.set(statement, address);
      if (statement.implied) for (const declaration of made.declarations) implied.add(declaration);
    }
  }
  diagnostics.sort((a, b) => (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0));
  const hints = rendered.flatMap((document) =>
    document.hints.map(({ declaredBy, ...hint }) => ({
      ...hint,
      address: (declaredBy === undefined ? undefined : addresses.get(declaredBy)) ?? hint.address,
    })),
  );
  return { declarations, hints, diagnostics, implied };
}

type Made = { readonly declarations: readonly Declaration[] } | { readonly diagnostic: Diagnostic };

async function declare(statement: RenderedStatement, rules: Rules): Promise<Made> {
  const { text, span, locate, isAtEnd } = sqlSource(statement);
  const parsed = await parseStatement(text);
  if (!parsed.ok) {
    const at = locate(parsed.offset);
    return {
      diagnostic: {
        code: 'SC1013',
        severity: 'error',
        summary: isAtEnd(parsed.offset) ? 'syntax error at the end of the SQL text' : parsed.message,
        detail: `in: ${text}`,
        hint: 'correct the SQL text',
        span: at,
      },
    };
  }
  const path = [statement.schema, 'public'].filter((name, index, all) => all.indexOf(name) === index);
  const settings = { search_path: path.map(quoteIdent).join(', ') };
  const declarations = await declarationsOf({ text, tag: parsed.tag, node: parsed.node, settings, span, locate }, rules);
  if (declarations === null) throw new Error(`no rule claims what a YAML slot wrote: ${text}`);
  const others = (statement.inOrderWith ?? []).map((relation) => ({ space: 'relation' as const, ...relation }));
  const { rows } = statement;
  const ofRow =
    rows === undefined ? {} : { rows, ...(rows.address === null ? {} : { declares: [{ address: rows.address, span, named: true }] }) };
  return {
    declarations: declarations.map(({ database, ...declaration }) => ({
      ...declaration,
      alters: [...declaration.alters, ...others],
      ...(database === undefined || statement.anyDatabase ? {} : { database }),
      ...ofRow,
    })),
  };
}
