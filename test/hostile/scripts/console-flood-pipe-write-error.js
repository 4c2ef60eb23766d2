// family: flooding
// source: own idea: lines of control characters and half characters
// expect: value "safe"
function attack(cb) {
  for (let i = 0; i < 300; i++) console.log(String.fromCharCode(i % 32, 0xd800 + i));
  cb('safe');
}
