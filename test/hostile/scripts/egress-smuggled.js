// family: egress
// source: own idea: requests that the realm, the gateway and the host may read in different ways
// egress: yes
// expect: value "safe"
async function attack(cb) {
  const here = 'http://here.example';
  const loot = [];
  const three = [['content-length', '3']];
  const sent = async (url, init) => {
    try {
      const response = await fetch(url, init);
      loot.push(response);
      return await response.json();
    } catch (error) {
      loot.push(error);
      return undefined;
    }
  };
  const post = (headers) => sent(`${here}/post`, { method: 'POST', body: 'abc', headers });
  // None of these is sent.
  for (const refused of [
    () => sent(here, { headers: { x: 'a\r\nx-evil: 1' } }),
    () => sent(here, { headers: { 'x\r\nx-evil': '1' } }),
    () => sent(here, { headers: { x: 'a\u0001b' } }),
    () => sent(here, { method: 'GET /evil HTTP/1.1\r\nx: y' }),
    () => sent(here, { method: 'connect' }),
    () => sent(here, { method: 'tRACE' }),
    () => sent('http://user:secret@here.example/'),
    () => sent('http://here.example%00.evil.example/'),
    () => sent(`${here}.:80/`),
    () => sent(`${here}:81/`),
    () => sent('https://here.example/'),
    () => post({ 'content-length': '10' }),
    () => post({ 'content-length': '0x3' }),
    // Node's own client, at level `process`, makes one valid length of these itself.
    ...(typeof foreign === 'function'
      ? [() => post({ 'content-length': '+3' }), () => post([...three, ['Content-Length', '4']])]
      : []),
    ...[
      'http://inside.example/',
      '//inside.example/',
      '\\\\inside.example\\x',
      'http://127.0.0.1/',
      'file:///etc/passwd',
      'data:application/json,1',
    ].map(
      (to) => () =>
        sent(`${here}/redirect?to=${encodeURIComponent(to)}`, { headers: { authorization: 'x' } }),
    ),
  ]) {
    const answer = await refused();
    if (answer !== undefined) return cb(`SENT: ${String(refused)} ${JSON.stringify(answer)}`);
  }
  // Node's own client has other errors, and never answers the first of these.
  if (typeof foreign !== 'function') return cb(verdict(...loot));
  // These are, and each host reads what the gateway has allowed.
  const shorter = await post({ 'content-length': '1' });
  const framed = await post({
    host: 'evil.example',
    connection: 'upgrade',
    upgrade: 'x',
    'transfer-encoding': 'chunked',
    'proxy-x': '1',
  });
  const odd = await sent('http://here.example\\@inside.example/#@127.0.0.1');
  const after = await sent(`${here}/after?%0d%0aX:1`);
  const seen = [
    shorter?.bytes,
    framed?.bytes,
    framed?.headers.host,
    framed?.headers['transfer-encoding'],
    framed?.headers.upgrade,
    odd?.url,
    odd?.headers.host,
    after?.url,
  ];
  const text = seen.join();
  if (text !== '1,3,here.example,,,/@inside.example/,here.example,/after?%0d%0aX:1') return cb(text);
  cb(verdict(...loot));
}
