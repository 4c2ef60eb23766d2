// family: thrown values
// source: own idea: names that Node's handlers of uncaught errors read
// expect: error 1000 Error
function attack(cb) {
  const e = new Error('m');
  for (const key of [
    'domain',
    'domainEmitter',
    'domainThrown',
    'code',
    'cause',
    'errors',
    Symbol.for('nodejs.util.inspect.custom'),
  ])
    Object.defineProperty(e, key, {
      get() {
        throw globalThis;
      },
    });
  Promise.reject(e);
}
