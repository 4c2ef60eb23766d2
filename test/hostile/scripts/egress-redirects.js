// family: egress
// source: SSRF by redirect: an allowed host answers with an address inside
// egress: on
// expect: value ["ERR_EGRESS_REFUSED","ERR_EGRESS_REFUSED","ERR_EGRESS_REFUSED","ERR_EGRESS_REFUSED","ERR_EGRESS_REFUSED",null]
async function attack() {
  const codes = [];
  for (const to of [
    'http://127.0.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://inside.example/',
    '//127.0.0.1/',
    'file:///etc/passwd',
  ]) {
    await fetch(`http://here.example/redirect?to=${encodeURIComponent(to)}`).then(
      () => codes.push('THROUGH'),
      (error) => codes.push(error.cause.code ?? null),
    );
  }
  return codes;
}
