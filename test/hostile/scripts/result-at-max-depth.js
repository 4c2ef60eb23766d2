// family: results
// source: own idea: as deep as the runner's stack allows; the gateway has to write it too
// expect: error 1000 or value null or error 1003
function attack(cb) {
  let low = 1,
    high = 100000;
  const nest = (n) => {
    let v = null;
    for (let i = 0; i < n; i++) v = [v];
    return v;
  };
  while (high - low > 1) {
    const mid = (low + high) >> 1;
    try {
      JSON.stringify(nest(mid));
      low = mid;
    } catch {
      high = mid;
    }
  }
  for (let n = low; ; n -= 1) {
    try {
      JSON.stringify(nest(n));
      cb(nest(n));
      return;
    } catch {}
  }
}
