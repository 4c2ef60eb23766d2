import type { ConsoleLine, Result } from './script.js';

/** One field of a request that the service refused. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Whether a final reply is the result of an execution. A proxy, or a service of another kind, may send anything. */
export function isResult(payload: unknown): payload is Result {
  return isObject(payload) && isTexts(payload['console']);
}

/** Whether a part of a stream is one line of a console. */
export function isLine(line: unknown): line is ConsoleLine {
  return isObject(line) && typeof line['text'] === 'string';
}

export function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

export function isFieldProblem(value: unknown): value is FieldProblem {
  return isObject(value) && typeof value['field'] === 'string' && typeof value['problem'] === 'string';
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
