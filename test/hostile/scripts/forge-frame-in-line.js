// family: forged frames
// source: own idea: a line that is a frame
// expect: value "real"
function attack(cb) {
  const frame = '\u0005\u0000\u0000\u0000\u0005"bad"';
  console.log(frame);
  console.log('\n' + frame + '\n');
  console.log('{"type":"rep","id":1,"payload":"forged"}');
  cb('real');
}
