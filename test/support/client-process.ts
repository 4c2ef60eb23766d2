import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** How an application that uses the client ended. */
export interface Ended {
  /** The exit code, or the name of the signal. */
  readonly end: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

const PRELUDE = `
import * as client from 'javascriptd/client';
const { connect } = client;
const URL_ = process.env.SERVICE;
/** What became of a promise: its value, or the name and the message of its error. */
const outcome = (promise) => Promise.resolve(promise).then(
  (value) => value?.value ?? value, (error) => error?.name + ': ' + error?.message);
const turn = () => new Promise((resolve) => setTimeout(resolve, 20));
`;

/**
 * Runs an application of its own process: what nobody catches ends it as it would end a customer's.
 * @param code an ES module that has `connect`, `client`, `outcome` and `turn`, and the service's URL as `URL_`
 */
export async function runClientProcess(
  code: string,
  service: string,
  args: readonly string[] = [],
): Promise<Ended> {
  const child = spawn(process.execPath, [...args, '--input-type=module', '--eval', PRELUDE + code], {
    cwd: ROOT,
    env: { ...process.env, SERVICE: service, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 25_000,
    killSignal: 'SIGKILL',
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  await once(child, 'close');
  return { end: child.exitCode ?? child.signalCode, stdout: stdout.trim(), stderr };
}
