import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import {
  ClosedError,
  connect,
  ConnectionLostError,
  FrameTooLargeError,
  JavascriptdError,
  NotConnectedError,
  RefusedError,
  ScriptError,
  type Client,
  type ExecuteRequest,
} from '../../client/index.js';
import type { ExecEnd, ExecRequest } from '../index.js';
import { moduleDirs, type Environment, type Settings } from '../../config/index.js';

/** A connection to a service, or a service of our own with one. */
interface Host {
  readonly client: Client;
  readonly stop: () => Promise<void>;
}

const ENDS: ReadonlyMap<number, ExecEnd> = new Map([
  [1000, 'threw'],
  [1001, 'missing'],
  [1002, 'timedOut'],
  [1003, 'exhausted'],
  [1004, 'cancelled'],
  [1100, 'invalid'],
  [1200, 'busy'],
  [1201, 'internal'],
  [1202, 'busy'],
  [1203, 'internal'],
]);
/** By the file's extension; of anything else the service finds out. */
const LANGUAGES: ReadonlyMap<string, 'module' | 'typescript'> = new Map([
  ['.mjs', 'module'],
  ['.ts', 'typescript'],
  ['.mts', 'typescript'],
]);
const LET_IN: ReadonlySet<number | undefined> = new Set([401, 403]);

/** After Ctrl-C, what a service may take to cancel the script; then its connection is closed, which ends it, too. */
const CANCEL_MS = 1000;

/**
 * Runs one script: its console goes to standard error, its value to standard output.
 * @throws GuaranteesMissingError
 */
export async function runFile(
  request: ExecRequest,
  settings: Settings,
  environment: Environment,
): Promise<ExecEnd> {
  let script: ExecuteRequest;
  try {
    script = await scriptOf(request, settings);
  } catch (error) {
    tell((error as Error).message);
    return error instanceof SyntaxError ? 'invalid' : 'noInput';
  }
  const { client, stop } = await hostOf(request, settings, environment);
  try {
    return await run(client, script, request.asJson);
  } finally {
    await stop();
  }
}

async function run(client: Client, script: ExecuteRequest, asJson: boolean): Promise<ExecEnd> {
  const execution = client.execute(script);
  let cancelled = false;
  const cancel = (): void => {
    if (cancelled) process.exit(130);
    cancelled = true;
    setTimeout(() => void client.close(), CANCEL_MS).unref();
    execution.cancel().catch(() => client.close());
  };
  process.on('SIGINT', cancel).on('SIGTERM', cancel);
  try {
    for await (const line of execution.console) process.stderr.write(`${line.text}\n`);
    const result = await execution;
    process.stdout.write(`${JSON.stringify(asJson ? result : result.value)}\n`);
    return 'returned';
  } catch (error) {
    if (!(error instanceof JavascriptdError)) throw error;
    const { code, message, data } = error;
    if (asJson) process.stdout.write(`${JSON.stringify({ error: { code, message, data } })}\n`);
    else if (error instanceof ScriptError) process.stderr.write(`${error.stack ?? message}\n`);
    else tell(message);
    return cancelled && error instanceof ClosedError ? 'cancelled' : endOf(error);
  } finally {
    process.off('SIGINT', cancel).off('SIGTERM', cancel);
  }
}

function endOf(error: JavascriptdError): ExecEnd {
  if (error instanceof RefusedError) return LET_IN.has(error.status) ? 'refused' : 'protocol';
  if (error instanceof NotConnectedError || error instanceof ConnectionLostError) return 'unavailable';
  if (error instanceof FrameTooLargeError) return 'invalid';
  return ENDS.get(error.code ?? 0) ?? 'protocol';
}

async function hostOf({ url }: ExecRequest, settings: Settings, environment: Environment): Promise<Host> {
  const { SECRET: secret, MAX_FRAME_BYTES: maxFrameBytes } = settings;
  const options = { reconnect: false, maxFrameBytes, ...(secret === undefined ? {} : { secret }) };
  if (url !== undefined) {
    const client = connect(url, options);
    return { client, stop: () => client.close() };
  }
  // Nest is loaded while npm looks for its global folder.
  const [{ embed }, dirs] = await Promise.all([import('../../embed.js'), moduleDirs(settings, environment)]);
  const service = await embed(settings, dirs);
  const client = connect('ws://localhost', { ...options, createConnection: service.connect });
  return { client, stop: () => client.close().then(service.stop) };
}

/** @throws SyntaxError when globals are no JSON; the system's error when a file cannot be read */
async function scriptOf(request: ExecRequest, { TIMEOUT }: Settings): Promise<ExecuteRequest> {
  const { file, call, globals, caller, url, flags } = request;
  const language = LANGUAGES.get(extname(file));
  // A module has a default export to be called where no name is given.
  const callee = call ?? (language === undefined ? 'main' : undefined);
  const code = file === '-' ? await text(process.stdin) : await readFile(file, 'utf8');
  return {
    code,
    ...(language === undefined ? {} : { language }),
    ...(callee === undefined ? {} : { call: callee }),
    ...(globals === undefined ? {} : { globals: jsonOf(await contentOf(globals)) }),
    ...(caller === undefined ? {} : { caller: await contentOf(caller) }),
    ...(url === undefined || flags.TIMEOUT === undefined ? {} : { options: { timeout: TIMEOUT } }),
  };
}

function contentOf(given: string): Promise<string> | string {
  return given.startsWith('@') ? readFile(given.slice(1), 'utf8') : given;
}

function jsonOf(given: string): Record<string, unknown> {
  try {
    return JSON.parse(given) as Record<string, unknown>;
  } catch {
    // The parser's own words quote the text, which may hold a secret.
    throw new SyntaxError('--globals: not JSON');
  }
}

function tell(line: string): void {
  process.stderr.write(`javascriptd: ${line}\n`);
}
