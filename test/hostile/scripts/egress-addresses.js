// family: egress
// source: own idea: every spelling of an address that Node, undici and browsers have been seen to take (SSRF filters' CVEs)
// egress: on
// expect: value []
async function attack() {
  const http = require('http');
  const hosts = [
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '017700000001',
    '127.0.0.1.',
    '127。0。0。1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[fe80::1]',
    '[fd00:ec2::254]',
    '0.0.0.0',
    '0',
    '169.254.169.254',
    '0xa9fea9fe',
    '127.0.0.9',
    'localhost',
    'LOCALHOST.',
    'localtest.me',
    'here.example.',
    'here.example%00.evil',
    'here.example@127.0.0.1',
    '127.0.0.1#here.example',
    '127.0.0.1?here.example',
    '127.0.0.1\\@here.example',
    'inside.example',
    'mapped.example',
    'metadata.example',
  ];
  const through = [];
  for (const host of hosts) {
    for (const scheme of ['http', 'https']) {
      await fetch(`${scheme}://${host}/`).then(
        ({ status }) => through.push(`${scheme} ${host} ${status}`),
        (error) => {
          const code = error.cause?.code ?? error.code;
          if (code !== 'ERR_EGRESS_REFUSED' && !(error instanceof TypeError)) through.push(`${host} ${code}`);
        },
      );
    }
    await new Promise((resolve) => {
      try {
        const request = http.get({ host, path: '/' }, ({ statusCode }) => {
          through.push(`http.get ${host} ${statusCode}`);
          resolve();
        });
        request.on('error', resolve);
      } catch {
        resolve();
      }
    });
  }
  return through;
}
