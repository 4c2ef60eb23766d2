import { listenProblem, readyLine, warnings } from '../../../src/cli/notices.js';

describe('readyLine', () => {
  it.each([
    ['127.0.0.1', 'javascriptd listening on ws://127.0.0.1:8765'],
    ['::1', 'javascriptd listening on ws://[::1]:8765'],
  ])('names where clients of %s connect', (address, line) => {
    expect(readyLine({ address, port: 8765 })).toBe(line);
  });
});

describe('warnings', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('has nothing to say on %s', (address) => {
    expect(warnings({ SECRET: undefined }, { address, port: 1 })).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.168.1.5'])('warns on %s without a secret', (address) => {
    expect(warnings({ SECRET: undefined }, { address, port: 1 })).toEqual([
      `listening on ${address} without a secret: everyone who can reach this port can run code; set SECRET, or set HOST to 127.0.0.1`,
    ]);
    expect(warnings({ SECRET: 'hush' }, { address, port: 1 })).toEqual([]);
  });

  it('has nothing to say where the secrets are those of tenants', () => {
    expect(warnings({ SECRET: undefined, SECRETS_FILE: '/x' }, { address: '0.0.0.0', port: 1 })).toEqual([]);
  });

  it('warns of an empty secret', () => {
    expect(warnings({ SECRET: '' }, { address: '127.0.0.1', port: 1 })).toEqual([
      'SECRET is set but empty: no secret is required',
    ]);
  });
});

describe('listenProblem', () => {
  const where = { HOST: 'here', PORT: 80 };

  it.each([
    ['EADDRINUSE', 'PORT: 80 is in use on here; choose another with PORT or --port'],
    ['EACCES', 'PORT: this user is not permitted to listen on 80; choose one above 1023 with PORT or --port'],
    ['ENOTFOUND', 'HOST: the name here cannot be resolved; choose another with HOST or --host'],
    ['EAI_AGAIN', 'HOST: the name here cannot be resolved; choose another with HOST or --host'],
    ['EADDRNOTAVAIL', 'HOST: here is not an address of this machine; choose another with HOST or --host'],
  ])('explains %s', (code, line) => {
    expect(listenProblem(Object.assign(new Error('raw'), { code }), where)).toBe(line);
  });

  it.each([new Error('other'), undefined, 'text'])('leaves %p to others', (error) => {
    expect(listenProblem(error, where)).toBeUndefined();
  });
});
