// family: module loader
// source: own idea: errors of the loader show no path of the host
// expect: value false
function attack(cb) {
  let text = '';
  for (const id of ['nope', 'fs', './x', 'broken', 'linked', 'native', 'outsidemain', 'esm', 'good/nope']) {
    const e = caught(() => require(id));
    text += `${e.message} ${e.cause?.message}`;
  }
  cb(/\/tmp\/|\/work\/|\/root\/|dist\//.test(text));
}
