// family: Proxy
// source: own idea: a revoked proxy as the reason of an unhandled rejection
// expect: error 1000
function attack(cb) {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  Promise.reject(proxy);
}
