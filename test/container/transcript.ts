import { CallError, type DuplexClient } from '../support/duplex-client.js';

/** A line of the transcript, on standard output as it happens; jest's own `console` would put a stack under each. */
export function say(text: string): void {
  for (const line of text.split('\n')) process.stdout.write(`    ${line}\n`);
}

/** Executes a script aloud; gives the result, or `{error: {code, message}}`. */
export async function execute(client: DuplexClient, script: object): Promise<unknown> {
  say(`> runtime.execute ${JSON.stringify(script)}`);
  const answer = await client.call('runtime.execute', script).catch((error: unknown) => {
    if (error instanceof CallError) return { error: { code: error.code, message: error.message } };
    throw error;
  });
  say(`< ${JSON.stringify(answer)}`);
  return answer;
}
