// family: stack overflow
// source: own idea: what the answer throws on a full stack goes into a later line
// expect: error 1000 safe
function attack(cb) {
  const loot = [];
  const bad = {
    toJSON() {
      throw 1;
    },
  };
  const dive = () => {
    try {
      dive();
    } catch {
      loot.push(
        caught(() => console.time('x')),
        caught(() => console.trace()),
      );
    }
  };
  dive();
  const v = verdict(...loot);
  throw { name: v, message: '' };
}
