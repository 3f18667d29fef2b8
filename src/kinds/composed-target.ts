/**
 * What COMMENT ON and ALTER … OWNER name with more than a name: operators with their operands, operator classes and families with their
 * access method, casts and transforms with their types. As addresses, for places in files.
 */
import { type Address, formatAddress } from '../core/address.js';
import { inSchema, list, nameParts, nameRef, objectWithArgs, type Tagged, typeNameText, typeRef } from './ast.js';
import type { Ast, NameRef, StatementContext } from './kind.js';
import { familyRef } from './operator-members.js';
import { quoteIdent } from './quote.js';

interface ComposedTarget {
  readonly ref: NameRef | null;
  readonly addresses: readonly Address[];
}

type Read = (object: Tagged, context: StatementContext) => ComposedTarget;

/** [access method, schema, name]. */
function methodAndName(object: Tagged, context: StatementContext): { readonly method: string; readonly parts: readonly [string, string] } {
  const [method = '', ...names] = nameParts(object);
  return { method, parts: inSchema(nameRef(names, 'other'), context.creationSchema) };
}

const items = (object: Tagged): readonly Ast[] => list({ object: { List: object.node } }, 'object').map(({ node }) => node);

const READERS: Readonly<Record<string, Read>> = {
  OBJECT_OPERATOR: ({ node }, { creationSchema }) => {
    const { ref, signature } = objectWithArgs(node, creationSchema, 'operator');
    return { ref, addresses: signature === null ? [] : [formatAddress('operator', inSchema(ref, creationSchema), signature)] };
  },
  OBJECT_OPCLASS: (object, context) => {
    const { method, parts } = methodAndName(object, context);
    const address = formatAddress('operator_class', parts, `(${quoteIdent(method)})`);
    return { ref: { space: 'other', schema: parts[0], name: parts[1] }, addresses: [address] };
  },
  OBJECT_OPFAMILY: (object, context) => {
    const { method, parts } = methodAndName(object, context);
    return { ref: familyRef(parts, method), addresses: [formatAddress('operator_family', parts, `(${quoteIdent(method)})`)] };
  },
  // A cast is not waited for by name: it alters its types, and so does what is said of it.
  OBJECT_CAST: (object, { creationSchema }) => {
    const types = items(object);
    const own = types.map(typeRef).find((ref) => ref.schema !== 'pg_catalog') ?? null;
    return {
      ref: own,
      addresses: [
        formatAddress(
          'cast',
          types.map((type) => typeNameText(type, creationSchema)),
        ),
      ],
    };
  },
  OBJECT_TRANSFORM: (object, { creationSchema }) => {
    const [type, language] = items(object);
    const name = typeof language?.sval === 'string' ? language.sval : '';
    const address = formatAddress('transform', [typeNameText(type ?? null, creationSchema), name]);
    return { ref: { space: 'other', schema: null, name }, addresses: [address] };
  },
};

/** Null where `objectType` is named by a name alone. */
export function composedTarget(objectType: string, object: Tagged, context: StatementContext): ComposedTarget | null {
  return READERS[objectType]?.(object, context) ?? null;
}
