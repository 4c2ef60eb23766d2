// family: Function and eval
// source: own idea: the name is a getter that throws
// expect: error 1001
// call: trap
Object.defineProperty(globalThis, 'trap', {
  get() {
    throw globalThis;
  },
});
