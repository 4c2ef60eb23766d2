// family: WeakRef and FinalizationRegistry
// source: own idea: a finaliser that throws while the script runs
// expect: value "done" or error 1000 LEAK-free
function attack(cb) {
  const registry = new FinalizationRegistry(() => {
    throw { name: 'LEAK-free', message: '' };
  });
  for (let i = 0; i < 1000; i++) registry.register({ i }, i);
  let waste = [];
  for (let i = 0; i < 200; i++) waste = new Array(100000).fill(i);
  setTimeout(() => cb('done'), 50);
}
