// family: flooding
// source: own idea: responses without end, of which nothing is read, until the deadline
// egress: on
// timeout: short
// expect: error 1002
async function attack() {
  const { get } = require('http');
  const kept = [];
  for (let i = 0; i < 50; i++) {
    get('http://here.example/endless', (response) => kept.push(response));
    kept.push(fetch('http://here.example/endless'));
  }
  await new Promise(() => {});
}
