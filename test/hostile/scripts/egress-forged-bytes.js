// family: egress
// source: own idea: what cuts and counts the bytes of a request lies; its script may wait for ever for that
// egress: on
// timeout: short
// expect: value "safe" or error 1000 or error 1002
async function attack(cb) {
  const loot = [];
  const { apply } = Reflect;
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
