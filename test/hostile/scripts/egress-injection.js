// family: egress
// source: request smuggling and splitting: CR and LF, two lengths, a forged host, hop-by-hop headers
// egress: on
// expect: value "clean"
async function attack() {
  const http = require('http');
  const send = (options, body) =>
    new Promise((resolve) => {
      try {
        const request = http.request({ host: 'here.example', ...options }, async (response) => {
          const parts = await response.toArray();
          resolve(String(Buffer.concat(parts)));
        });
        request.on('error', ({ code }) => resolve(code));
        request.end(body);
      } catch (error) {
        resolve(error.code);
      }
    });
  const replies = [
    await send({ path: '/\r\nHost: evil' }),
    await send({ path: '/ HTTP/1.1\r\nx: y' }),
    await send({ method: 'GET / HTTP/1.1\r\nevil: 1\r\n' }),
    await send({ method: 'CONNECT', path: '127.0.0.1:80' }),
    await send({ method: 'TRACE' }),
    await send({ headers: { host: 'evil.example', connection: 'x-canary', 'x-canary': 'mine' } }),
    await send(
      { method: 'POST', headers: { 'transfer-encoding': 'chunked', 'content-length': '3' } },
      '0\r\n\r\nGET /x',
    ),
    await send({ method: 'POST', headers: { 'content-length': '5' } }, 'helloGET /smuggled HTTP/1.1\r\n\r\n'),
    await send({
      headers: { upgrade: 'websocket', connection: 'upgrade', expect: '100-continue', te: 'trailers' },
    }),
  ];
  const headers = http.OutgoingMessage.prototype;
  headers.rawHeaderList = () => [
    'evil',
    'a\r\nx: y',
    'x y',
    'z',
    'content-length',
    '5',
    'content-length',
    '6',
  ];
  replies.push(await send({}));
  const all = replies.join('\n');
  return /evil|smuggled|upgrade|mine|"x":/.test(all) ? all : 'clean';
}
