// family: egress
// source: own idea: what makes the frames of a request is replaced, so that they are those of something else
// egress: on
// expect: value "safe"
async function attack(cb) {
  const loot = [];
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
  cb(verdict(...loot));
}
