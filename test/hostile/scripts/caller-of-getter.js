// family: constructors
// source: own idea: who reads the thrown error?
// expect: error 1000 safe
function attack() {
  const error = {
    get name() {
      const { get } = Object.getOwnPropertyDescriptor(error, 'name');
      return verdict(
        this,
        caught(() => get.caller),
        caught(() => get.arguments),
      );
    },
    message: 'm',
  };
  throw error;
}
