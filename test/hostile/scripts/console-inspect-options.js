// family: console arguments
// source: vm2 CVE-2023-32313: changes the options that the host inspects with
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const { inspect } = require('util');
  caught(() => Object.assign(inspect.defaultOptions, { showProxy: true, customInspect: true }));
  caught(() => {
    inspect.colors.red = {
      get 0() {
        loot.push(this);
      },
    };
    inspect.styles.number = 'red';
  });
  console.dir(5, { colors: true });
  cb(verdict(...loot, inspect, inspect.defaultOptions, inspect.colors));
}
