// family: module loader
// source: javascriptd's own hole: require("./duplex.js"); ids with steps upwards
// expect: value "safe"
function attack(cb) {
  const loot = [];
  for (const id of [
    './index.js',
    '../forbidden',
    '../../../../etc/passwd',
    'good/../forbidden',
    'good/../../outside',
    'good/./../forbidden/secret.json',
    'good/%2e%2e/forbidden',
    'good\\..\\forbidden',
    'good/..\u0000/x',
    '.',
    '..',
    '/',
    '~',
    'good/sub/../../forbidden/index.js',
    '@x/../good',
    'good//../forbidden',
  ]) {
    const got = caught(() => require(id));
    loot.push(got instanceof Error ? undefined : id);
  }
  cb(loot.join('') === '' ? 'safe' : `LEAK: ${loot}`);
}
