// family: web globals
// source: own idea: classes of the web's are made of each other, and each of them can be replaced
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spied = [];
  for (const name of [
    'ReadableStream',
    'Blob',
    'URL',
    'AbortSignal',
    'FormData',
    'TextDecoder',
    'DOMException',
  ]) {
    const Real = globalThis[name];
    spied.push(Real);
    globalThis[name] = class extends Real {
      constructor(...args) {
        super(...args);
        loot.push(this, ...args);
      }
      static [Symbol.hasInstance](value) {
        loot.push(value);
        return true;
      }
    };
  }
  loot.push(
    caught(() => new Response('x', { headers: [['a', 'b']] })),
    caught(() => new Request('http://a/', { signal: {}, body: {}, method: 'POST', duplex: 'half' })),
    caught(() => new Response(new Blob(['x'])).formData()),
    caught(() => structuredClone({ a: spied, b: new Map([[loot, 1]]) })),
    caught(() => fetch('http://169.254.169.254/latest/meta-data')),
    caught(() => fetch({ [Symbol.toPrimitive]: () => loot.push(1) })),
    caught(() => new CompressionStream('gzip')),
  );
  const target = new EventTarget();
  target.addEventListener('a', {
    get handleEvent() {
      loot.push(this);
      return (event) => loot.push(event);
    },
  });
  caught(() => target.dispatchEvent(new Event('a')));
  setTimeout(() => cb(verdict(...loot)), 10);
}
// What is rejected on the way is nobody's.
for (const name of ['formData', 'text']) {
  const real = Response.prototype[name];
  Response.prototype[name] = function () {
    return real.call(this).catch((error) => error);
  };
}
{
  const real = fetch;
  fetch = (...args) => real(...args).catch((error) => error);
}
