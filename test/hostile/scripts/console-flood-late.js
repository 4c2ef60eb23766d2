// family: flooding
// source: own idea: lines after the answer
// expect: value 1
function attack(cb) {
  cb(1);
  for (let i = 0; i < 5000; i++) console.log('late');
}
