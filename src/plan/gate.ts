/** Policy: which hazards of a plan are allowed, by whom, and which block it; knows no kind and no hazard by name. */
import { matchesPattern } from '../core/pattern.js';
import type { PlanHazard, PlanPolicy, PlanStep, PolicyDecision } from '../core/plan.js';
import type { Allowance, BlockedHazard, PolicyRule } from './options.js';

export interface GateInput {
  readonly steps: readonly PlanStep[];
  readonly allow: readonly Allowance[];
  readonly policy: Readonly<Record<string, PolicyRule>>;
  readonly user: string;
  readonly rows: (hazard: PlanHazard) => number | null;
}

export interface Gated {
  readonly policy: PlanPolicy;
  readonly blocked: readonly BlockedHazard[];
}

/** Destructive hazards need an allowance; others pass unless the policy says otherwise. `--allow '*'` does not cover unproven steps. */
export function gate(input: GateInput): Gated {
  const decisions: PolicyDecision[] = [];
  const blocked: BlockedHazard[] = [];
  for (const step of input.steps) {
    const unproven: readonly PlanHazard[] =
      step.proven === true
        ? []
        : [{ code: 'unproven', address: Object.keys(step.after)[0] ?? '', message: step.proven, destructive: false }];
    for (const hazard of [...step.hazards, ...unproven]) {
      const isUnproven = unproven.includes(hazard);
      const { rule, name } = ruleFor(hazard, input.policy, isUnproven);
      const allowance = input.allow.find(
        (item) =>
          (item.hazard === hazard.code || (item.hazard === '*' && !isUnproven)) &&
          (item.address === null || matchesPattern(item.address, hazard.address)),
      );
      const isAllowed = rule === 'allow' || (rule === 'approve' && allowance !== undefined);
      const decision = isAllowed ? (allowance ? 'allowed' : 'warned') : 'blocked';
      decisions.push({ hazard: hazard.code, address: hazard.address, decision, rule: name });
      if (isAllowed) continue;
      const flag = `--allow ${hazard.code}:${shellQuoted(hazard.address)}`;
      blocked.push({ hazard, step: step.id, flag, rows: input.rows(hazard) });
    }
  }
  const allowed = input.allow.map((item) => ({ hazard: item.hazard, address: item.address, by: input.user, reason: null }));
  return { policy: { decisions, allowed }, blocked };
}

function ruleFor(hazard: PlanHazard, policy: GateInput['policy'], isUnproven: boolean): { rule: PolicyRule; name: string | null } {
  const own = policy[hazard.code];
  if (own) return { rule: own, name: hazard.code };
  if (hazard.destructive || isUnproven) return { rule: 'approve', name: 'destructive changes need --allow' };
  const rest = policy.default;
  return rest ? { rule: rest, name: 'default' } : { rule: 'allow', name: null };
}

function shellQuoted(text: string): string {
  return /^[A-Za-z0-9_:.@$-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
