// family: console arguments
// source: own idea: deep groups with long lines
// expect: value "done" or error 1002 or error 1003
// timeout: 400
function attack(cb) {
  for (let i = 0; i < 20000; i++) console.group();
  for (let i = 0; i < 50; i++) console.log('\n'.repeat(20));
  cb('done');
}
