// family: iterators
// source: own idea: for await over a sync iterator that rejects
// expect: value "safe"
async function attack(cb) {
  const loot = [];
  const it = {
    [Symbol.iterator]: () => ({
      next: () => ({ value: Promise.reject(loot), done: false }),
      return: (...a) => {
        loot.push(...a);
        return {};
      },
    }),
  };
  try {
    for await (const x of it) loot.push(x);
  } catch (e) {
    loot.push(e);
  }
  cb(verdict(...loot));
}
