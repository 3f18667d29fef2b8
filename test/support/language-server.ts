/** yaml-language-server as editors run it: a process that speaks LSP over its standard streams; knows no file and no schema. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Lines and characters from 0. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Complaint {
  readonly message: string;
  readonly range: { readonly start: Place; readonly end: Place };
}

const HEAD = 'Content-Length: ';

export class LanguageServer {
  readonly #process: ChildProcess;
  readonly #answers = new Map<number, (message: Message) => void>();
  readonly #complaints = new Map<string, (found: readonly Complaint[]) => void>();
  #buffer = Buffer.alloc(0);
  #last = 0;

  private constructor(private readonly settings: object) {
    const home = dirname(createRequire(import.meta.url).resolve('yaml-language-server/package.json'));
    this.#process = spawn(process.execPath, [join(home, 'bin/yaml-language-server'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process.stdout?.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /** `settings` is the section "yaml" of an editor's configuration. */
  static async start(settings: object): Promise<LanguageServer> {
    const server = new LanguageServer(settings);
    const hover = { contentFormat: ['markdown'] };
    const textDocument = { hover, completion: { completionItem: { snippetSupport: false } }, publishDiagnostics: {} };
    const capabilities = { workspace: { configuration: true }, textDocument };
    await server.#ask('initialize', { processId: process.pid, rootUri: null, capabilities });
    server.#tell('initialized', {});
    server.#tell('workspace/didChangeConfiguration', { settings: { yaml: settings } });
    return server;
  }

  async stop(): Promise<void> {
    await this.#ask('shutdown', null);
    this.#tell('exit', null);
    await new Promise((resolve) => this.#process.once('exit', resolve));
  }

  /** What it has against the document, which is open from then on. */
  open(uri: string, text: string): Promise<readonly Complaint[]> {
    const found = new Promise<readonly Complaint[]>((resolve) => this.#complaints.set(uri, resolve));
    this.#tell('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text } });
    return found;
  }

  /** Labels of what may stand there. */
  async complete(uri: string, position: Place): Promise<readonly string[]> {
    const answer = await this.#ask('textDocument/completion', { textDocument: { uri }, position });
    const list = answer as { readonly items?: readonly { readonly label: string }[] } | null;
    return (list?.items ?? []).map(({ label }) => label);
  }

  /** Its explanation in Markdown; null when there is none. */
  async hover(uri: string, position: Place): Promise<string | null> {
    const answer = await this.#ask('textDocument/hover', { textDocument: { uri }, position });
    return (answer as { readonly contents?: { readonly value?: string } } | null)?.contents?.value ?? null;
  }

  #ask(method: string, params: unknown): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#answers.set(id, ({ result, error }) => (error ? reject(new Error(`${method}: ${error.message}`)) : resolve(result)));
      this.#send({ id, method, params });
    });
  }

  #tell(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  #send(message: Message): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#process.stdin?.write(`${HEAD}${body.length}\r\n\r\n`);
    this.#process.stdin?.write(body);
  }

  #take(chunk: Buffer): void {
    this.#buffer = Buffer.concat([this.#buffer, chunk]);
    for (;;) {
      const end = this.#buffer.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/i.exec(this.#buffer.subarray(0, Math.max(end, 0)).toString())?.[1]);
      if (end < 0 || this.#buffer.length < end + 4 + length) return;
      const body = this.#buffer.subarray(end + 4, end + 4 + length).toString();
      this.#buffer = this.#buffer.subarray(end + 4 + length);
      this.#hear(JSON.parse(body) as Message);
    }
  }

  #hear(message: Message): void {
    const { id, method, params } = message;
    if (method === undefined) this.#answers.get(Number(id))?.(message);
    if (method === 'textDocument/publishDiagnostics') {
      const { uri, diagnostics } = params as { readonly uri: string; readonly diagnostics: readonly Complaint[] };
      this.#complaints.get(uri)?.(diagnostics);
      return;
    }
    if (id === undefined || method === undefined) return;
    const items = (params as { readonly items?: readonly { readonly section?: string }[] } | null)?.items ?? [];
    const result = method === 'workspace/configuration' ? items.map(({ section }) => (section === 'yaml' ? this.settings : {})) : null;
    this.#send({ id, result });
  }
}
