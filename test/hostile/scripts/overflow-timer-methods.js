// family: stack overflow
// source: own idea: refresh and close on a full stack
// expect: value "safe"
function attack(cb) {
  const loot = [];
  const timer = setTimeout(() => {}, 1000);
  deep(() =>
    loot.push(
      caught(() => timer.refresh()),
      caught(() => +timer),
      caught(() => timer.ref()),
    ),
  );
  deep(() => loot.push(caught(() => timer.close())));
  cb(verdict(...loot));
}
