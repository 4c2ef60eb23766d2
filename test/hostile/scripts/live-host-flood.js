// family: flooding
// source: own idea: calls of the host without end, none of them awaited
// options: {"functions": ["ok"]}
// expect: error 1003 or error 1002
function attack() {
  for (;;) host.ok('x'.repeat(100));
}
