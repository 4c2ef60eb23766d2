// family: after the answer
// source: own idea: requests are begun, written to and read after the answer
// egress: on
// expect: value "answered"
async function attack(cb) {
  const request = require('http').request('http://here.example/', { method: 'POST' });
  request.on('error', () => {});
  request.write('x');
  const open = await fetch('http://here.example/endless');
  cb('answered');
  request.end('y');
  for (let i = 0; i < 20; i++) fetch('http://here.example/').catch(() => {});
  Promise.resolve()
    .then(() => open.text())
    .catch(() => {});
  setTimeout(() => fetch('http://here.example/'), 1);
}
