/** Whether a default's expression is surely the same for every row, judged from its text alone: what is not known counts as volatile. */

/** Words of stable and immutable expressions as pg_get_expr() prints them; whatever else stands there may be volatile. */
const STEADY = new Set(
  `now transaction_timestamp statement_timestamp current_date current_time current_timestamp localtime localtimestamp current_user
   session_user user current_role current_catalog current_schema current_setting current_database timezone date_trunc make_interval
   make_date make_timestamp to_timestamp to_date to_char lower upper md5 length abs round floor ceil concat coalesce nullif greatest least
   array row null true false and or not is distinct from in between case when then else end at time zone collate extract year month day
   hour minute second epoch jsonb_build_object jsonb_build_array json_build_object json_build_array`.split(/\s+/),
);

/** Literals with a backslash are printed in the E form with the backslash doubled. */
const LITERAL = /E?'(?:[^'\\]|''|\\.)*'/g;

/** "::app.status[]", "::character varying(20)", "::timestamp(3) without time zone". */
const CAST =
  /::(?:"(?:[^"]|"")*"|\w+)(?:\.(?:"(?:[^"]|"")*"|\w+))*(?: varying| precision)?(?:\(\d+(?:,-?\d+)*\))?(?: with(?:out)? time zone)?(?:\[\])*/g;

export function isSteady(expression: string): boolean {
  const rest = expression.replace(LITERAL, ' ').replace(CAST, ' ');
  if (rest.includes('"')) return false;
  return [...rest.matchAll(/[a-z_]\w*/gi)].every(([word]) => STEADY.has(word.toLowerCase()));
}
