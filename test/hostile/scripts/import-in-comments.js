// family: import()
// source: own idea: places where a parser of lesser care sees an import, or does not
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const text = `import('node:fs') ${await import(/* ( */ 'node:fs').catch((e) => e.code)}`;
  const o = { import: () => 'own', ['import']() {}, a: /import('x')/ };
  loot.push(text, o.import('x'), o?.import('y'), /import\('(.)'\)/.exec("import('z')"));
  loot.push(
    await import(
      // a comment
      'node:fs'
    ).catch((e) => e),
  );
  loot.push(await (async (x = import('node:fs')) => x)().catch((e) => e));
  class C {
    static x = import('node:fs').catch((e) => e);
    [String(import('node:fs').catch((e) => e))]() {}
  }
  loot.push(await C.x, Object.getOwnPropertyNames(C.prototype));
  cb(verdict(...loot));
}
