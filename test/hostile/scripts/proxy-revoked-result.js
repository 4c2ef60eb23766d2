// family: Proxy
// source: own idea: a revoked proxy as the result
// expect: error 1000 TypeError
function attack(cb) {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  cb(proxy);
}
