// family: stack overflow
// source: own idea: the answer itself on a full stack
// expect: value "safe" or error 1000 RangeError
function attack(cb) {
  const loot = [];
  deep(() => {
    try {
      cb('safe');
    } catch (e) {
      loot.push(e);
    }
  }, 200);
  cb('safe');
  if (verdict(...loot) !== 'safe') throw new Error('LEAK');
}
