/** How SQL files declare subscriptions. None of these statements reaches a publisher while it is looked at. */
import { formatAddress } from '../../core/address.js';
import { list, nameParts, str, strings, type Tagged, tagged } from '../ast.js';
import type { Ast, Declared, NameRef, StatementRule } from '../kind.js';
import { quoteIdent, quoteLiteral } from '../quote.js';
import { nowhereLike } from './conninfo.js';
import { formatted, markEnabled, named, withConnection } from './scratch.js';

/** They say what to do at once (contact the publisher, make its slot, copy rows), not how the subscription is. */
const AT_ONCE: ReadonlySet<string> = new Set(['connect', 'create_slot', 'copy_data', 'refresh', 'enabled']);

const ref = (node: Ast): NameRef => ({ space: 'other', schema: null, name: str(node, 'subname') });

function declared(node: Ast, facts: Partial<Declared>): Declared {
  return { address: formatAddress('subscription', [str(node, 'subname')]), offset: 0, named: true, ...facts };
}

/** The value as written, whatever token it is; null where the name stands alone. */
function writtenValue(arg: Tagged | null): string | null {
  if (arg === null) return null;
  if (arg.tag === 'TypeName') return strings(arg.node, 'names').join('.');
  if (arg.tag === 'Integer') return String(arg.node.ival ?? 0);
  if (arg.tag === 'Boolean') return String(arg.node.boolval ?? false);
  return nameParts(arg).join('.');
}

function optionsOf(node: Ast): ReadonlyMap<string, string | null> {
  return new Map(list(node, 'options').map((entry) => [str(entry.node, 'defname'), writtenValue(tagged(entry.node, 'arg'))]));
}

/** As PostgreSQL reads a boolean option; without a value it is on. */
function isOn(value: string | null | undefined): boolean {
  return value === null || ['true', 'on', '1'].includes((value ?? '').toLowerCase());
}

function written(options: ReadonlyMap<string, string | null>): readonly string[] {
  return [...options]
    .filter(([name]) => !AT_ONCE.has(name))
    .map(([name, value]) => (value === null ? quoteIdent(name) : `${quoteIdent(name)} = ${quoteLiteral(value)}`));
}

const publications = (node: Ast): string => strings(node, 'publication').map(quoteIdent).join(', ');

/** PostgreSQL enables a subscription when it contacts the publisher; what pg_dump writes does not, and says nothing of it. */
function createIn(node: Ast): { readonly scratch: string; readonly unset: readonly string[] } {
  const name = str(node, 'subname');
  const options = optionsOf(node);
  const contacts = !options.has('connect') || isOn(options.get('connect'));
  const isEnabled = options.has('enabled') ? isOn(options.get('enabled')) : contacts;
  const create = formatted(`publication ${publications(node)} with (${['connect = false', ...written(options)].join(', ')})`);
  const made = withConnection(`create ${formatted(named(name))} connection %L ${create}`, nowhereLike(str(node, 'conninfo')));
  return {
    scratch: isEnabled ? `${made};\n${markEnabled(name)}` : made,
    unset: options.has('enabled') || contacts ? [] : ['enabled'],
  };
}

const VERBS: Readonly<Record<string, string>> = {
  ALTER_SUBSCRIPTION_SET_PUBLICATION: 'set',
  ALTER_SUBSCRIPTION_ADD_PUBLICATION: 'add',
  ALTER_SUBSCRIPTION_DROP_PUBLICATION: 'drop',
};

/** Null: it says what to do now, and nothing of how the subscription is (REFRESH PUBLICATION, SKIP). */
function alterIn(node: Ast): string | null {
  const name = str(node, 'subname');
  const kind = str(node, 'kind');
  const verb = VERBS[kind];
  if (verb !== undefined) return `alter ${named(name)} ${verb} publication ${publications(node)} with (refresh = false)`;
  if (kind === 'ALTER_SUBSCRIPTION_OPTIONS') return `alter ${named(name)} set (${written(optionsOf(node)).join(', ')})`;
  if (kind === 'ALTER_SUBSCRIPTION_CONNECTION')
    return withConnection(`alter ${formatted(named(name))} connection %L`, nowhereLike(str(node, 'conninfo')));
  if (kind !== 'ALTER_SUBSCRIPTION_ENABLED') return null;
  return isOn(optionsOf(node).get('enabled')) ? markEnabled(name) : `alter ${named(name)} disable`;
}

export const statementRules: readonly StatementRule[] = [
  {
    node: 'CreateSubscriptionStmt',
    read: (node) => {
      const { scratch, unset } = createIn(node);
      return { provides: [ref(node)], declares: [declared(node, { unset })], scratch };
    },
  },
  {
    node: 'AlterSubscriptionStmt',
    applies: (node) => alterIn(node) !== null,
    read: (node) => ({
      provides: [],
      alters: [ref(node)],
      declares: [declared(node, { named: false, given: str(node, 'kind') === 'ALTER_SUBSCRIPTION_ENABLED' ? ['enabled'] : [] })],
      scratch: alterIn(node) ?? '',
    }),
  },
];
