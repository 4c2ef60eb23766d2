// family: constructors
// source: n8n CVE-2025-68613: this.constructor.constructor
// expect: value "safe"
function attack(cb) {
  const loot = [
    caught(() => null.x),
    caught(() => undefined()),
    caught(() => decodeURIComponent('%')),
    caught(() => new Array(-1)),
    caught(() => (0, eval)('(')),
  ];
  cb(verdict(...loot));
}
