// family: import()
// source: own idea: in the text of a package, and in code that it makes
// expect: value "safe"
// process: value "LEAK: a module"
async function attack(cb) {
  const loot = [];
  const { direct, made, evaled } = require('importer');
  for (const f of [direct, made, evaled]) {
    const p = f();
    loot.push(p);
    await p.then(
      (fs) =>
        loot.push(
          fs,
          fs.default,
          'GOT',
          caught(() => fs.readFileSync('/etc/passwd', 'utf8')),
        ),
      (e) => loot.push(e),
    );
  }
  // Its own text may import a builtin, which does nothing; code that it makes may not import at all.
  const got = loot.filter((x) => x === 'GOT').length;
  if (loot.some((x) => typeof x === 'string' && x.includes('root:'))) return cb('LEAK: a file');
  cb(got > 1 ? 'LEAK: a module' : verdict(...loot));
}
