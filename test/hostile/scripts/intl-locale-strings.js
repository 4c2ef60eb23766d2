// family: Intl
// source: own idea: toLocaleString with traps
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const spy = {
    get locale() {
      loot.push(this);
      return 'en';
    },
    get length() {
      loot.push(this);
      return 1;
    },
    get 0() {
      return 'en';
    },
  };
  loot.push(
    caught(() => (5).toLocaleString(spy)),
    caught(() => new Date(0).toLocaleString(spy, spy)),
    caught(() => ['a'].toLocaleString()),
    caught(() => 'a'.localeCompare('b', spy)),
  );
  cb(verdict(...loot));
}
