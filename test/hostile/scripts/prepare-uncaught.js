// family: prepareStackTrace
// source: own idea: nobody catches, and the hook throws too
// expect: error 1000 Error
function attack() {
  Error.prepareStackTrace = () => {
    throw 1;
  };
  throw new Error('m');
}
