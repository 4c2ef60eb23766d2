import { bytesOf } from '../../boundary/latin1.js';
import { openHandle } from '../kit/handle.js';
import { native } from '../kit/native-calls.js';
import { type CallableClass, oldClass, privateState } from '../kit/old-class.js';
import { lazyWritable } from './lazy-stream.js';

type Callback = (error?: unknown) => void;
type Args = [algorithm: unknown, options?: unknown];

interface Signature {
  _options?: unknown;
  update(data: unknown, encoding?: unknown): unknown;
}

/** Handles of signatures in the runner. */
const handles = privateState<number>();

function open(owner: Signature, maker: 'createSign' | 'createVerify', [algorithm, options]: Args): void {
  handles.give(owner, openHandle(owner, `crypto.${maker}`, algorithm));
  // As a stream it takes them later.
  // oxlint-disable-next-line no-underscore-dangle -- the name that Node's lazy streams have
  if (options !== undefined) owner._options = options;
}

const methodsOf = (kind: 'sign' | 'verify') => ({
  _write(this: Signature, chunk: unknown, encoding: unknown, callback: Callback): void {
    this.update(chunk, encoding);
    callback();
  },
  update(this: object, data: unknown, encoding?: unknown): unknown {
    const bytes = ArrayBuffer.isView(data) ? bytesOf(data) : undefined;
    if (bytes === undefined) native.call(`crypto.${kind}.update`, handles.of(this), data, encoding);
    else native.fast('update', handles.of(this), bytes);
    return this;
  },
});

export const Sign: CallableClass<Args, Signature> = oldClass<Args, Signature>(
  'Sign',
  function (algorithm, options) {
    if (!(this instanceof Sign)) return new Sign(algorithm, options);
    open(this, 'createSign', [algorithm, options]);
    return undefined;
  },
  {
    ...methodsOf('sign'),
    sign(this: object, key: unknown, outputEncoding?: unknown): unknown {
      return native.call('crypto.sign.sign', handles.of(this), key, outputEncoding);
    },
  },
);
lazyWritable(Sign);

export const Verify: CallableClass<Args, Signature> = oldClass<Args, Signature>(
  'Verify',
  function (algorithm, options) {
    if (!(this instanceof Verify)) return new Verify(algorithm, options);
    open(this, 'createVerify', [algorithm, options]);
    return undefined;
  },
  {
    ...methodsOf('verify'),
    verify(this: object, key: unknown, signature: unknown, signatureEncoding?: unknown): unknown {
      return native.call('crypto.verify.verify', handles.of(this), key, signature, signatureEncoding);
    },
  },
);
lazyWritable(Verify);
