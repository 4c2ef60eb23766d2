// family: import()
// source: own idea: the name that stands for import in the text
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => name.startsWith('$'));
  for (const name of names) {
    const f = globalThis[name];
    loot.push(
      f,
      caught(() => f.prototype),
      caught(() => f.caller),
      caught(() => f.constructor),
    );
    for (const id of [
      undefined,
      null,
      5,
      {},
      Symbol('x'),
      { toString: () => 'good' },
      { toString: () => ({}) },
      'fs',
    ])
      loot.push(await caught(() => f(id)?.catch?.((e) => e)));
    loot.push(
      caught(() => new f('good')),
      caught(() => Reflect.apply(f, { fake: 1 }, ['good'])),
    );
    globalThis[name] = (...args) => loot.push(...args);
  }
  await import('good');
  cb(verdict(...loot));
}
