// family: Buffer
// source: own idea: bytes that are lent to the host, with a hook in the place of everything that it might read
// expect: value "safe"
// process: value "safe" or error 1201
function attack(cb) {
  const seen = [];
  const { defineProperty, ownKeys, getPrototypeOf, apply } = Reflect;
  const note = (value) =>
    defineProperty(seen, seen.length, { value, writable: true, enumerable: true, configurable: true });
  const encoder = new TextEncoder();
  const fatal = new TextDecoder('utf-8', { fatal: true });
  const stream = new TextDecoder('shift_jis');
  const { toString, write, indexOf, fill, utf8Slice, latin1Write } = Buffer.prototype;
  const { from, compare } = Buffer;
  const { encode, encodeInto } = TextEncoder.prototype;
  const { decode } = TextDecoder.prototype;
  class Hooked extends Uint8Array {
    static get [Symbol.species]() {
      note(this);
      return Array;
    }
  }
  const resizable = caught(() => new ArrayBuffer(8, { maxByteLength: 64 }));
  const detach = {
    valueOf: () => caught(() => resizable.resize(0)) ?? 4,
    toString: () => caught(() => resizable.resize(1)) ?? 'x',
  };
  const targets = [
    from('abc'),
    new Hooked(8),
    new Uint8Array(resizable),
    new Uint8Array(new SharedArrayBuffer(8)),
    new Proxy(new Uint8Array(8), { get: (target, key) => (note(key), target[key]) }),
    new DataView(new ArrayBuffer(8)),
    new Float64Array(2),
    { length: 8, buffer: new ArrayBuffer(8), byteLength: 8, [Symbol.toStringTag]: 'Uint8Array' },
    () => note(arguments),
    null,
  ];
  for (const target of [
    Uint8Array.prototype,
    getPrototypeOf(Uint8Array.prototype),
    ArrayBuffer.prototype,
    SharedArrayBuffer.prototype,
  ])
    for (const key of ownKeys(target)) {
      if (key === 'constructor' || key === 'set' || key === 'length') continue;
      const get = function () {
        note(this);
        note(get.caller);
        note(new Error('x'));
        return undefined;
      };
      caught(() => defineProperty(target, key, { get, configurable: true }));
    }
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i];
    for (const action of [
      () => apply(toString, target, ['utf8']),
      () => apply(toString, target, ['hex', detach, detach]),
      () => apply(write, target, ['abc', detach]),
      () => apply(utf8Slice, target, [detach, detach]),
      () => apply(latin1Write, target, [detach, 0, 2]),
      () => apply(indexOf, target, [target, detach]),
      () => apply(fill, target, [target, detach]),
      () => compare(target, target),
      () => from(target, detach, detach),
      () => apply(encode, encoder, [detach]),
      () => apply(encodeInto, encoder, ['äöü', target]),
      () => apply(decode, fatal, [target]),
      () => apply(decode, stream, [target, { stream: true }]),
      () => atob(target),
      () => new URL(target, detach),
    ])
      note(caught(action));
  }
  deep(() => {
    note(caught(() => apply(toString, targets[0], ['hex'])));
    note(caught(() => apply(decode, fatal, [targets[0]])));
    note(caught(() => apply(encodeInto, encoder, ['äöü', targets[0]])));
    note(caught(() => new URL('http://a/b').searchParams.append('c', 'd')));
  }, 60);
  cb(verdict(...seen));
}
