// family: egress
// source: own idea: a header that the operator adds is looked for wherever a script can look
// egress: on
// expect: value "nothing"
async function attack() {
  const told = [];
  const { get } = require('http');
  const look = (value) => told.push(require('util').inspect(value, { depth: 2 }));
  const response = await fetch('http://here.example/', { headers: { 'x-canary': 'mine' } });
  look([response, [...response.headers], await response.text()]);
  await new Promise((resolve) => {
    const request = get('http://here.example/', (message) => {
      look([request, message, request.getHeaders(), message.rawHeaders]);
      message.resume().on('end', resolve);
    });
  });
  for (const path of ['redirect?to=http://rebound.example/', 'redirect?to=http://inside.example/'])
    look(
      await fetch(`http://here.example/${path}`)
        .then(
          (r) => r.text(),
          (error) => [error, error.cause],
        )
        .catch((e) => [e, e.cause]),
    );
  return told.join().includes('canary-of') ? told.join() : 'nothing';
}
