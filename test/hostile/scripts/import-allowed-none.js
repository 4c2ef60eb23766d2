// family: import()
// source: own idea: with no modules allowed
// expect: value ["ERR_MODULE_NOT_ALLOWED","ERR_MODULE_NOT_ALLOWED","MODULE_NOT_FOUND"]
// modules: none
async function attack(cb) {
  cb(await Promise.all(['good', 'path', 'gone'].map((id) => import(id).catch((e) => e.code))));
}
