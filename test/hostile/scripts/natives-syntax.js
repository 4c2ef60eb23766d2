// family: Function and eval
// source: own idea: V8's % functions
// expect: value "safe"
function attack(cb) {
  cb(
    caught(() => new Function('return %GetOptimizationStatus(1)')) instanceof SyntaxError
      ? 'safe'
      : 'LEAK: natives',
  );
}
