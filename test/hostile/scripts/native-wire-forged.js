// family: trampolines
// source: own idea: the text of a call is written in the context, so it can be any text
// expect: value "safe"
function attack(cb) {
  const crypto = require('crypto');
  const loot = [];
  const { stringify } = JSON;
  const texts = [
    '',
    'null',
    '{}',
    '5',
    '[',
    '[["h",1]]',
    '[["k",1]]',
    '[["c",1]]',
    '[["s",0,1e9]]',
    '[["b",-1,5]]',
    '[["b",0,1e308]]',
    '[["b","0","1"]]',
    '[["q"]]',
    '[[]]',
    '[["i","x"]]',
    '[["n",{}]]',
    '[["f"],["f"]]',
    '[{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}]',
    '[{"toString":1,"then":["f"]}]',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    `${'[["a",'.repeat(3000)}1${']]'.repeat(3000)}`,
  ];
  for (const text of texts) {
    JSON.stringify = () => text;
    for (const name of ['createHash', 'createPrivateKey', 'randomBytes', 'getCipherInfo', 'hkdfSync', 'sign'])
      loot.push(caught(() => crypto[name]('sha256', 'x')));
    loot.push(caught(() => crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' })));
  }
  JSON.stringify = stringify;
  cb({}.polluted === undefined ? verdict(...loot) : 'LEAK: pollution');
}
