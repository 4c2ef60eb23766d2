// family: generators
// source: own idea: what only looks like an async generator, with steps that bite
// options: {"stream": true}
// expect: error 1000 Bitten
function attack() {
  class Bitten extends Error {
    name = 'Bitten';
  }
  let step = 0;
  const steps = [
    { done: false, value: { toJSON: () => 'fine' } },
    new Proxy({ done: false, value: 1 }, { get: (target, key) => target[key] }),
    {
      get done() {
        throw new Bitten();
      },
    },
  ];
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: () => Promise.resolve(steps[step++]),
  };
}
