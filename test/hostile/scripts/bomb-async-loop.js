// family: resource bombs
// source: own idea: await for ever
// expect: error 1002
// timeout: 400
async function attack() {
  for (;;) await null;
}
