// family: egress
// source: own idea: everything that a request works with is spied on, and all that it saw is searched for the host
// egress: on
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const { apply } = Reflect;
  const { push } = Array.prototype;
  for (const [owner, key] of [
    [JSON, 'parse'],
    [JSON, 'stringify'],
    [String.prototype, 'charCodeAt'],
    [String.prototype, 'slice'],
    [Map.prototype, 'get'],
    [Map.prototype, 'set'],
    [Array.prototype, 'push'],
    [Array.prototype, 'flat'],
    [Promise.prototype, 'then'],
    [Function.prototype, 'call'],
    [Function.prototype, 'bind'],
  ]) {
    const real = owner[key];
    owner[key] = function (...args) {
      const result = apply(real, this, args);
      if (loot.length < 3000) apply(push, loot, [this, result, ...args]);
      return result;
    };
  }
  const response = await fetch('http://here.example/', { method: 'POST', body: 'x' });
  apply(push, loot, [response, response.body, await response.text()]);
  await new Promise((resolve) => {
    const request = require('http').get('http://here.example/headers', (message) => {
      apply(push, loot, [message, message.socket, message.headers, request]);
      message.resume().on('end', resolve);
    });
  });
  apply(push, loot, [await fetch('http://inside.example/').catch((error) => error)]);
  cb(verdict(...loot));
}
