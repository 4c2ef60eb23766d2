// family: stack overflow
// source: own idea: the loader itself is loaded on a full stack; Node 20 may abort in a RegExp
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  deep(
    () =>
      loot.push(
        caught(() => require('good')),
        caught(() => require.cache),
      ),
    60,
  );
  cb(verdict(...loot));
}
