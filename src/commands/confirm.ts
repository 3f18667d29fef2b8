/** Asks the user before something is changed; only ever on a terminal. */
import { createInterface } from 'node:readline';

/** Both, because the question goes to one and the answer comes from the other. */
export function canAsk(): boolean {
  return process.stdin.isTTY === true && process.stderr.isTTY === true;
}

/** True only for exactly the expected word; Enter, end of input and an interruption mean no. */
export function confirmed(question: string, expected: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve) => {
    const prompt = createInterface({ input: process.stdin, output: process.stderr });
    let answer = false;
    prompt.on('close', () => resolve(answer));
    // In raw mode Ctrl-C reaches readline instead of the process.
    prompt.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
    signal.addEventListener('abort', () => prompt.close(), { once: true });
    prompt.question(question, (text) => {
      answer = text.trim() === expected;
      prompt.close();
    });
  });
}
