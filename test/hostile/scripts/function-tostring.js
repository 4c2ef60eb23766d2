// family: Function and eval
// source: own idea: the source of our functions shows no path and no canary
// expect: value false
function attack(cb) {
  let text = '';
  for (const f of [require, cb, console.log, setTimeout, console.dir, Buffer, URL])
    text += Function.prototype.toString.call(f);
  cb(/file:|\/dist\/|canary-of/.test(text));
}
