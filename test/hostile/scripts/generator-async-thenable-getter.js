// family: generators
// source: vm2 GHSA-99p7-6v5w-7xg8 class: `then` getters see who asks
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  async function* g() {
    yield {
      get then() {
        loot.push(this);
        return undefined;
      },
    };
    yield* {
      [Symbol.asyncIterator]: () => ({
        next: (...a) => {
          loot.push(...a);
          return {
            get done() {
              loot.push(this);
              return true;
            },
          };
        },
      }),
    };
  }
  for await (const x of g()) loot.push(x);
  cb(verdict(...loot));
}
