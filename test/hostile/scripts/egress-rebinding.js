// family: egress
// source: DNS rebinding: the name means the server when it is checked, and this machine when it is connected to
// egress: on
// expect: value "never inside"
async function attack(cb) {
  const came = await Promise.allSettled(
    Array.from({ length: 40 }, (_, i) => fetch(`http://rebound.example/?${i}`).then((r) => r.json())),
  );
  const odd = came.filter(({ value, reason }) =>
    value === undefined
      ? reason.cause.code !== 'ERR_EGRESS_REFUSED'
      : value.headers.host !== 'rebound.example',
  );
  cb(odd.length === 0 ? 'never inside' : `LEAK: ${odd[0].reason?.cause}`);
}
