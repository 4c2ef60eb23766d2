// family: flooding
// source: own idea: bodies without end, to a host that reads and to one that does not
// egress: on
// expect: value ["ERR_EGRESS_LIMIT","ERR_EGRESS_LIMIT"]
// process: value ["ERR_EGRESS_LIMIT","ERR_EGRESS_LIMIT"] or error 1002 or error 1003
// Node's own fetch goes on to read the body of a request that has failed, which has no end here.
async function attack() {
  const body = () => new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(65_536)) });
  const streamed = await fetch('http://here.example/', {
    method: 'POST',
    body: body(),
    duplex: 'half',
  }).catch((error) => error.cause.code);
  const written = await new Promise((resolve) => {
    const request = require('http').request('http://here.example/', { method: 'POST' });
    request.on('error', ({ code }) => resolve(code));
    const more = () => {
      while (!request.destroyed && request.write(Buffer.alloc(65_536)));
    };
    request.on('drain', more);
    more();
  });
  return [streamed, written];
}
