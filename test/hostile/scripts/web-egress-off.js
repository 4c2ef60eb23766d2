// family: web globals
// source: own idea: each way to a network
// expect: value "off"
function attack(cb) {
  const http = require('http');
  const https = require('https');
  const addresses = [
    'http://127.0.0.1:8765/',
    'http://169.254.169.254/',
    'http://[::1]/',
    'https://example.com/',
  ];
  const failures = [];
  let left = addresses.length * 3;
  const done = (error) => {
    failures.push(error?.cause?.code ?? error?.code);
    if (--left === 0) cb(failures.every((code) => code === 'ERR_EGRESS_OFF') ? 'off' : `LEAK: ${failures}`);
  };
  for (const address of addresses) {
    const { get, request } = address.startsWith('https') ? https : http;
    get(address).on('error', done);
    request(address, { method: 'POST' }).on('error', done).end('x');
    fetch(address).then(() => done('answered'), done);
  }
}
