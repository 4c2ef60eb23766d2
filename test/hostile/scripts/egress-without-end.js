// family: flooding
// source: own idea: requests without end, none of them heard
// egress: on
// timeout: short
// expect: error 1003 or error 1002
function attack() {
  const { get } = require('http');
  for (;;) get('http://nowhere.example/').on('error', () => {});
}
