// family: Function and eval
// source: n8n CVE-2026-1470: `with`
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = new Proxy(
    {},
    {
      has(t, k) {
        loot.push(arguments);
        return k === 'anything';
      },
      get(t, k, r) {
        loot.push(arguments);
        return k === Symbol.unscopables ? undefined : r;
      },
    },
  );
  new Function('spy', 'with (spy) { return anything }')(spy);
  cb(verdict(...loot));
}
