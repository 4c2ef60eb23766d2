// family: flooding
// source: own idea: responses without end, and a loop that lets none of them in
// egress: on
// timeout: short
// expect: error 1002
function attack(cb) {
  for (let i = 0; i < 50; i++)
    fetch('http://here.example/endless').then(
      () => {},
      () => {},
    );
  setTimeout(() => {
    for (;;);
  }, 50);
}
