import type { Expected } from './cases.js';
import type { Answer } from './sides.js';
import { isDeepStrictEqual } from 'node:util';
import { fileURLToPath } from 'node:url';

const OWN_FOLDER = fileURLToPath(new URL('../..', import.meta.url));

/** Where an answer differs from what a case expects: members, with what was found. Empty when it passes. */
export function differences(answer: Answer, expected: Expected): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  if ('value' in expected && !isDeepStrictEqual(answer.value, expected.value))
    found.value = answer.value ?? answer.error;
  if ('console' in expected && answer.console !== expected.console)
    found.console = answer.console ?? answer.error;
  if (expected.error !== undefined) Object.assign(found, errorDifferences(answer, expected.error));
  return found;
}

/** Whether the path of a file of the service is in an answer. */
export function namesOurFiles(answer: Answer): boolean {
  return JSON.stringify(answer).includes(OWN_FOLDER);
}

function errorDifferences(
  { error, value }: Answer,
  { messageWithout = [], ...members }: NonNullable<Expected['error']>,
): Record<string, unknown> {
  if (error === undefined) return { error: `none, but the value ${JSON.stringify(value)}` };
  const found: Record<string, unknown> = {};
  for (const [member, wanted] of Object.entries(members)) {
    const is = error[member as keyof typeof error];
    if (is !== wanted) found[`error.${member}`] = is;
  }
  const leaked = messageWithout.filter((text) => error.message?.includes(text) === true);
  if (leaked.length > 0) found['error.message'] = error.message;
  return found;
}
