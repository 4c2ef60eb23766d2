import type { ConsoleLine, Result } from './script.js';

/** An invalid field of a request. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Whether the payload of a final reply is the result of an execution. The peer may not be a javascriptd service. */
export function isResult(payload: unknown): payload is Result {
  return isObject(payload) && isTexts(payload['console']);
}

/** Whether a streamed payload is a console line. */
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
