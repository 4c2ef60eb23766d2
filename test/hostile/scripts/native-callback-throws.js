// family: trampolines
// source: own idea: a callback of Node's throws, and what it throws is the script's
// expect: error 1000 Own
function attack(cb) {
  require('crypto').randomBytes(4, () => {
    class Own extends Error {
      name = 'Own';
    }
    throw new Own('thrown by a callback');
  });
}
