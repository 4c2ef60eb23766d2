// family: Intl
// source: own idea: every constructor of Intl, with options that spy
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = new Proxy(
    {},
    {
      get(t, k, r) {
        loot.push(arguments);
        return undefined;
      },
    },
  );
  for (const name of Object.getOwnPropertyNames(Intl)) {
    const thing = caught(() => new Intl[name]('en', spy));
    loot.push(
      thing,
      caught(() => thing.resolvedOptions()),
      caught(() => thing.format),
      caught(() => Intl[name].supportedLocalesOf(spy)),
    );
  }
  cb(verdict(...loot));
}
