// family: WebAssembly
// source: own idea: Node's streaming hook awaits a thenable in the host's realm
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const source = {
    then(ok, no) {
      loot.push(ok, no);
      ok({ [Symbol.for('nodejs.util.inspect.custom')]: (...a) => (loot.push(...a), 'x') });
    },
  };
  for (const name of ['compileStreaming', 'instantiateStreaming']) {
    const p = caught(() => WebAssembly[name](source));
    loot.push(p);
    await p?.then?.(
      (v) => loot.push(v),
      (e) => loot.push(e),
    );
  }
  cb(verdict(...loot));
}
