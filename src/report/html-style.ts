/** The style of the HTML report: light and dark, contrast of at least 4.5 to 1, fit for A4 paper. */
export const STYLE = `
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --line: #c8ced6; --soft: #f3f5f7; --red: #a40e26; --amber: #7a4d00; --green: #116329; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6e9ec; --paper: #14171a; --line: #454c54; --soft: #20252a; --red: #ff8a8a; --amber: #f0b849; --green: #6fd58a; }
}
body { margin: 0; color: var(--ink); background: var(--paper); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 70rem; margin: 0 auto; padding: 1.5rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-bottom: 0; }
code, pre { font: 0.9em/1.45 ui-monospace, monospace; }
pre { background: var(--soft); border: 1px solid var(--line); padding: 0.75rem; overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; } th, td { border: 1px solid var(--line); padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.2rem 1rem; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
.verdict { font-weight: 700; border-left: 0.4rem solid; padding-left: 0.75rem; }
.safe { color: var(--green); } .caution { color: var(--amber); } .blocked { color: var(--red); }
@media print { main { padding: 0; max-width: none; } section, tr { break-inside: avoid; } body { font-size: 11pt; } }
`;
