// family: stack overflow
// source: own idea: toJSON that never ends
// expect: error 1000 RangeError
function attack(cb) {
  cb({
    toJSON() {
      return JSON.stringify({ toJSON: this.toJSON });
    },
  });
}
