// family: stack overflow
// source: own idea: the thrown error's getters overflow
// expect: error 1000
function attack() {
  const f = () => f();
  throw {
    get name() {
      return f();
    },
    get message() {
      return f();
    },
    get stack() {
      return f();
    },
  };
}
