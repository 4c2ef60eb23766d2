// family: resource bombs
// source: javascriptd's own bug: wedged for ever
// expect: error 1002
// timeout: 400
function attack() {
  for (;;);
}
