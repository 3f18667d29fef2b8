/** The forms in which a plan can be written, by name; knows no command. */
import type { Diagnostic } from '../core/diagnostic.js';
import type { PlanDocument } from '../core/plan.js';
import { kindByName } from '../kinds/registry.js';
import { planText as planJson } from '../plan/file.js';
import { hazardFindings } from '../report/findings.js';
import { githubAnnotations } from '../report/github.js';
import { planHtml } from '../report/html.js';
import { junit } from '../report/junit.js';
import { planMarkdown } from '../report/markdown.js';
import { sarif } from '../report/sarif.js';
import { planSql } from '../report/sql.js';
import { planText, type TextOptions } from '../report/text.js';
import { VERSION } from './version.js';

export const PLAN_FORMATS = ['text', 'json', 'sql', 'markdown', 'html'] as const;
export const REPORT_FORMATS = [...PLAN_FORMATS, 'sarif', 'junit', 'github'] as const;

/** Kinds that this version does not know (of a newer minor format) come last. */
export const rank = (kind: string): number => kindByName.get(kind)?.rank ?? Number.MAX_SAFE_INTEGER;

export function renderPlan(
  format: string,
  document: PlanDocument,
  options: Omit<TextOptions, 'rank'>,
  diagnostics: readonly Diagnostic[],
  path: (file: string) => string,
): string {
  const findings = (): readonly Diagnostic[] => [...diagnostics, ...hazardFindings(document.plan)];
  switch (format) {
    case 'json':
      return planJson(document);
    case 'sql':
      return planSql(document);
    case 'markdown':
      return planMarkdown(document, { rank });
    case 'html':
      return planHtml(document, { rank });
    case 'sarif':
      return sarif(findings(), { version: VERSION }, path);
    case 'junit':
      return junit(
        findings(),
        document.plan.desired.files.map((file) => file.path),
        path,
      );
    case 'github':
      return githubAnnotations(findings(), path);
    default:
      return planText(document, { ...options, rank });
  }
}
