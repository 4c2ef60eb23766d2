// family: late callbacks
// source: own idea: rejections after the answer belong to nobody
// expect: value "over"
function attack(cb) {
  cb('over');
  for (let i = 0; i < 50; i++) Promise.reject(new Error(`late ${i}`));
}
