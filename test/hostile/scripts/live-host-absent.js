// family: calling back
// source: own idea: functions that were not offered, by every way to their names
// options: {"functions": ["db.find"]}
// expect: value ["undefined","undefined","undefined",["db"],["find"]]
function attack(cb) {
  host.charge = undefined;
  delete host.charge;
  cb([
    typeof host.charge,
    typeof host.db.drop,
    typeof host['db.find'],
    Object.keys(host),
    Reflect.ownKeys(host.db),
  ]);
}
