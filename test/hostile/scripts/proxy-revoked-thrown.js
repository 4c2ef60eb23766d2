// family: Proxy
// source: own idea: a revoked proxy as the exception
// expect: error 1000
function attack() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  throw proxy;
}
