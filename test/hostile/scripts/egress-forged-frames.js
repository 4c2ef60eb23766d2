// family: egress
// source: own idea: what makes the frames of a request is replaced, so that they are those of something else
// egress: on
// expect: value "safe" or error 1000
async function attack(cb) {
  const loot = [];
  const { apply } = Reflect;
  const real = JSON.stringify;
  const lies = [
    () => 'a'.repeat(2_000_000),
    () => '{',
    () => 'null',
    () => '[[[',
    () => '\n\nd1\nx',
    () => undefined,
    () => '{"method":"GET","url":"http://127.0.0.1/","headers":[["a"]],"hasBody":5}',
    () => '{"__proto__":{"url":"http://here.example/"}}',
    () => ({ toString: () => 'o1\n{}' }),
  ];
  for (const lie of lies) {
    JSON.stringify = lie;
    await fetch('http://here.example/').then(
      (response) => loot.push(response),
      (error) => loot.push(error),
    );
    JSON.stringify = real;
  }
  for (const [owner, key, lie] of [
    [String, 'fromCharCode', () => '\u4e00\ud800'],
    [Map.prototype, 'get', () => ({ take: (...args) => apply(Array.prototype.push, loot, args) })],
    [Uint8Array.prototype.__proto__, 'subarray', () => new Uint8Array(9_000_000)],
    [Array.prototype, 'shift', () => undefined],
    [String.prototype, 'slice', () => '9999999999'],
  ]) {
    const kept = owner[key];
    owner[key] = lie;
    const sent = fetch('http://here.example/', { method: 'POST', body: 'x'.repeat(200_000) }).catch(
      (error) => error,
    );
    await new Promise((resolve) => setTimeout(resolve, 30));
    owner[key] = kept;
    loot.push(sent);
  }
  cb(verdict(...loot));
}
