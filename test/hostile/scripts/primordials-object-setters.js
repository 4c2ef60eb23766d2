// family: poisoned primordials
// source: own idea: setters on Object.prototype for names of our own
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const { defineProperty } = Object;
  for (const key of [
    'kind',
    'name',
    'message',
    'stack',
    'callback',
    'args',
    'delay',
    'timer',
    'ask',
    'load',
    'require',
    'builtin',
    'exports',
    'default',
    'code',
    '0',
    '1',
    'then',
    'length',
    'host',
    'answer',
    '__esModule',
  ])
    caught(() =>
      defineProperty(Object.prototype, key, {
        get() {
          loot.length < 1000 &&
            defineProperty(loot, loot.length, { value: this, configurable: true, writable: true });
        },
        set(v) {
          defineProperty(loot, loot.length, { value: v, configurable: true, writable: true });
          defineProperty(this, key, { value: v, writable: true, configurable: true });
        },
        configurable: true,
      }),
    );
  caught(() => console.log({ a: 1 }));
  caught(() => require('good'));
  caught(() => require('nope'));
  setTimeout(() => {}, 1, 2);
  caught(() => new URL('http://a/'));
  for (const key of Object.getOwnPropertyNames(Object.prototype))
    if (Object.getOwnPropertyDescriptor(Object.prototype, key).set && key !== '__proto__')
      delete Object.prototype[key];
  cb(verdict(loot));
}
