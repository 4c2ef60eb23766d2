#!/usr/bin/env node
import {
  EXEC_EXIT_CODES,
  EXIT_CODES,
  helpText,
  listenProblem,
  handleSignals,
  readInvocation,
  versionText,
  type ExecRequest,
} from './cli/index.js';
import {
  loadSettings,
  loadTracing,
  moduleDirs,
  SettingsError,
  takeEnvironment,
  unknownSettings,
  type Environment,
  type Settings,
  type Tracing,
} from './config/index.js';
import { GuaranteesMissingError } from './sandbox/errors.js';
import type { Service } from './cli/commands/serve.js';

/** Exits with lines on stderr, which `NOLOGS` does not silence: they are the only explanation. */
function give(exit: { readonly code: number }, lines: readonly string[]): never {
  for (const line of lines) process.stderr.write(`javascriptd: ${line}\n`);
  process.exit(exit.code);
}

/** The environment variables, with a warning on stderr for each that looks like a misspelled setting. */
function environmentOf(): Environment {
  const environment = takeEnvironment();
  for (const line of unknownSettings(Object.keys(environment)))
    process.stderr.write(`javascriptd: warning: ${line}\n`);
  return environment;
}

/** Loads settings; exits if they are invalid. */
function given<T>(load: () => T): T {
  try {
    return load();
  } catch (error) {
    if (error instanceof SettingsError) give(EXIT_CODES.settings, error.problems);
    throw error;
  }
}

function whole(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

async function start(flags: Environment): Promise<void> {
  const environment = environmentOf();
  const settings = given(() => loadSettings(environment, flags));
  const tracing = given(() => loadTracing(environment));
  const starting = service(settings, moduleDirs(settings, environment), tracing);
  // Before the service is ready, so that no signal kills it during the start.
  handleSignals({
    stop: async () => (await starting).stop(),
    reload: async () => (await starting).reload(),
    failed: reportFault,
  });
  const end = (fault: unknown): void => void endAfter(fault, starting);
  process.on('uncaughtException', end).on('unhandledRejection', end);
  await starting;
}

/** Nest is loaded while npm reports its global folder, and not at all for `--help` or invalid settings. */
async function service(
  settings: Settings,
  dirs: Promise<readonly string[]>,
  tracing: Tracing | undefined,
): Promise<Service> {
  const { serve } = await import('./cli/commands/serve.js');
  try {
    return await serve(settings, await dirs, tracing);
  } catch (error) {
    giveMissing(error);
    if (error instanceof SettingsError) give(EXIT_CODES.settings, error.problems);
    const problem = listenProblem(error, settings);
    if (problem !== undefined) give(EXIT_CODES.unavailable, [problem]);
    return give(EXIT_CODES.internal, [`could not start: ${whole(error)}`]);
  }
}

function giveMissing(error: unknown): void {
  if (error instanceof GuaranteesMissingError) {
    give(EXIT_CODES.settings, [`SANDBOX_REQUIRE: ${error.message}`, ...error.table.split('\n')]);
  }
}

/**
 * Stops a service after an uncaught exception. The exception may have left a request without a reply or a runner process
 * that never becomes free, so the process must exit. Running scripts get their replies first.
 */
async function endAfter(fault: unknown, starting: Promise<Service>): Promise<never> {
  reportFault(fault);
  try {
    await (await starting).stop();
  } finally {
    process.exit(EXIT_CODES.internal.code);
  }
}

async function doctor(flags: Environment, asJson: boolean): Promise<void> {
  const environment = environmentOf();
  const settings = given(() => loadSettings(environment, flags));
  const { diagnose } = await import('./cli/commands/doctor.js');
  const { text, isSound } = await diagnose(settings, await moduleDirs(settings, environment), asJson);
  process.stdout.write(`${text}\n`);
  if (!isSound) process.exitCode = EXIT_CODES.settings.code;
}

async function exec(request: ExecRequest): Promise<void> {
  const environment = environmentOf();
  const settings = given(() => loadSettings(environment, request.flags));
  try {
    const { runFile } = await import('./cli/commands/exec.js');
    process.exitCode = EXEC_EXIT_CODES[await runFile(request, settings, environment)].code;
  } catch (error) {
    giveMissing(error);
    give(EXEC_EXIT_CODES.internal, [whole(error)]);
  }
}

async function modules(flags: Environment, asJson: boolean): Promise<void> {
  const environment = environmentOf();
  const settings = given(() => loadSettings(environment, flags));
  const { listModules } = await import('./cli/commands/modules.js');
  process.stdout.write(`${await listModules(settings, await moduleDirs(settings, environment), asJson)}\n`);
}

async function warm(flags: Environment, asJson: boolean): Promise<void> {
  const environment = environmentOf();
  const settings = given(() => loadSettings(environment, flags));
  const { warmPackages } = await import('./cli/commands/warm.js');
  const problem = await warmPackages(settings, await moduleDirs(settings, environment), asJson, writeLine);
  if (problem !== undefined) give(EXIT_CODES.settings, [problem]);
}

function writeLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

function reportFault(error: unknown): void {
  process.stderr.write(`javascriptd: fault: ${whole(error)}\n`);
}

const invocation = readInvocation(process.argv.slice(2));
switch (invocation.kind) {
  case 'help':
    process.stdout.write(helpText());
    break;
  case 'version':
    process.stdout.write(`${versionText()}\n`);
    break;
  case 'misused':
    give(EXIT_CODES.usage, [invocation.problem]);
    break;
  case 'doctor':
    await doctor(invocation.flags, invocation.asJson);
    break;
  case 'exec':
    await exec(invocation);
    break;
  case 'modules':
    await modules(invocation.flags, invocation.asJson);
    break;
  case 'warm':
    await warm(invocation.flags, invocation.asJson);
    break;
  case 'start':
    await start(invocation.flags);
}
