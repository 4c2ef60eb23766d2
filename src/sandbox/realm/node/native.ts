import type { Reply } from '../../boundary/native-operations.js';
import type { OperationName } from '../../boundary/node-functions.js';
import type { Makers } from '../kit/parts.js';
import { decodeValue, errorOf } from '../kit/wire-decode.js';
import { encodeArguments, written } from '../kit/wire-encode.js';

type Done = (error: unknown, value?: unknown) => void;

const waiting = new Map<number, Done>();
const makers: Partial<Makers> = {};
const finalizers = environment.whenCollected((handle) => void call('drop', handle));

environment.onSettled((ticket, text) => {
  const done = waiting.get(ticket);
  waiting.delete(ticket);
  if (done === undefined) return;
  let value: unknown;
  try {
    value = valueOf(read(text));
  } catch (error) {
    return done(error);
  }
  done(null, value);
});

interface Read {
  readonly reply: Reply;
  readonly text: string;
  readonly from: number;
}

function send(operation: OperationName, args: readonly unknown[]): Read {
  const { json, bytes } = encodeArguments(args);
  return read(environment.node(operation, json, bytes));
}

function read(text: string): Read {
  const end = text.indexOf('\n');
  return { reply: JSON.parse(text.slice(0, end)) as Reply, text, from: end + 1 };
}

/** @throws the error that Node threw */
function valueOf({ reply, text, from }: Read): unknown {
  if ('error' in reply) throw errorOf(reply.error);
  return 'value' in reply ? decodeValue(reply.value, text, from, allMakers()) : undefined;
}

/** `node:crypto` sets them; a call that returns a key has come from there. */
function allMakers(): Makers {
  return makers as Makers;
}

/** Calls one of Node's functions. */
function call(operation: OperationName, ...args: unknown[]): unknown {
  return valueOf(send(operation, args));
}

/**
 * Begins an asynchronous call.
 * @throws the error that Node throws at once
 */
function start(done: Done, operation: OperationName, ...args: unknown[]): void {
  const sent = send(operation, args);
  if ('ticket' in sent.reply) waiting.set(sent.reply.ticket, done);
  else done(null, valueOf(sent));
}

/** Drops the object behind a handle once the object that stands for it is collected. */
function track(object: object, handle: number): void {
  finalizers.register(object, handle);
}

let known: ReadonlySet<string> | undefined;

/** Whether the running Node has the operation. */
function has(operation: OperationName): boolean {
  known ??= new Set(call('operations') as string[]);
  return known.has(operation);
}

/** Calls Node's own functions, for other builtins. */
export default { call, start, track, has, written, makers };
