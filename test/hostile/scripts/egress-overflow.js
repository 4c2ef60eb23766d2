// family: egress
// source: own idea: requests on a stack that is all but full
// egress: on
// expect: value "safe" or error 1000 RangeError or error 1201
async function attack(cb) {
  const http = require('http');
  const loot = [];
  await fetch('http://here.example/');
  for (const f of [
    () => fetch('http://here.example/').catch(() => {}),
    () => http.get('http://here.example/').on('error', () => {}),
    () =>
      http
        .request('http://here.example/', { method: 'POST' })
        .on('error', () => {})
        .end('x'),
  ])
    deep(() => loot.push(caught(f)), 60);
  cb(verdict(...loot));
}
