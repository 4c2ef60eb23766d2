// family: generators
// source: own idea: `then` differs each time it is read
// expect: value "second"
function attack() {
  let n = 0;
  return {
    get then() {
      return ++n === 1 ? () => {} : (ok) => ok('second');
    },
  };
}
