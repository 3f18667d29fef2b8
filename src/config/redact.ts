/** Takes passwords out of text that people or logs will see; knows the forms that passwords are written in, not the passwords. */

/** Greedy to the last "@" before white space, because a password may hold one that nobody encoded. */
const IN_URL = /\b([a-z][a-z0-9+.-]*:\/\/[^\s:/@]*):[^\s]*@/gi;
const IN_QUERY = /([?&](?:password|sslpassword)=)[^\s&]*/gi;
const IN_CONNINFO = /(?<![?&\w])((?:PG)?(?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s'&]+)/gi;
const IN_SQL = /\b(password\s+)(e?'(?:[^']|'')*')/gi;

export function redact(text: string): string {
  return text.replaceAll(IN_URL, '$1:***@').replaceAll(IN_QUERY, '$1***').replaceAll(IN_CONNINFO, '$1***').replaceAll(IN_SQL, "$1'***'");
}
