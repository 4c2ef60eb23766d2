// family: stack overflow
// source: own idea: the inspector is loaded for the first time on a full stack; V8 of Node 20 aborts when it compiles a RegExp there
// expect: value "safe" or error 1201
function attack(cb) {
  const loot = [];
  deep(() => loot.push(caught(() => console.log({ a: 1 }))), 60);
  cb(verdict(...loot));
}
