// family: late callbacks
// source: own idea: a reaction that throws in the turn of the answer
// expect: value "over"
async function attack(cb) {
  Promise.resolve()
    .then(() => Promise.resolve())
    .then(() => {
      throw new Error('late');
    });
  cb('over');
}
