/**
 * Runs the upstream README's example against a mock of GitHub's API, and prints the messages: to the service, to the
 * API, and back. After `npm ci && npm run build`: `node examples/github/run.mjs`. It starts the real program.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { connect } from '../../dist/client/index.js';
import { certificatesFor } from './certificates.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const say = (who, what) => console.log(`${who.padEnd(8)} ${what}`);

const CALLER = `(function(callee, cb) {
  var github = new require("github")();
  github.authenticate({
    type: "token",
    token: secrets.token
  });
  callee(github, event, cb);
})`;
const CALLBACKS = `function onPush(github, event, cb) {
  github.repos.get({ owner: event.owner, repo: event.repo }, function (error, answer) {
    console.log(error ? error.message : answer.data.full_name);
    cb(error ? null : { repo: answer.data.full_name, stars: answer.data.stargazers_count });
  });
}`;
const OCTOKIT = `const { Octokit } = require('@octokit/rest');
async function onPush() {
  const { data } = await new Octokit().rest.users.getAuthenticated();
  await fetch('https://example.com/').catch((error) => console.log(error.message));
  return data.login;
}`;

const { authority, key, certificate } = certificatesFor(['api.github.com']);
const api = createServer({ key, cert: certificate }, (request, response) => {
  say('api', `< ${request.method} ${request.url}, authorization: ${request.headers.authorization}`);
  const content = request.url.startsWith('/user')
    ? { login: 'octocat' }
    : { full_name: request.url.slice('/repos/'.length), stargazers_count: 42 };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(content));
}).listen(0, '127.0.0.1');
await once(api, 'listening');

const folder = mkdtempSync(join(tmpdir(), 'github-'));
const caFile = join(folder, 'authority.pem');
writeFileSync(caFile, authority);
const settings = {
  PORT: '0',
  SANDBOX_MODULES_DIR: join(ROOT, 'node_modules'),
  EGRESS: 'api.github.com',
  EGRESS_RESOLVE: `api.github.com=127.0.0.1:${api.address().port}`,
  EGRESS_PRIVATE: '127.0.0.0/8',
  EGRESS_CA: caFile,
};

async function serve(more) {
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, ...settings, ...more };
  const service = spawn(process.execPath, [join(ROOT, 'dist/main.js')], {
    env: { ...environment, LOG_FORMAT: 'json' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  for await (const chunk of service.stdout.iterator({ destroyOnReturn: false })) {
    output += String(chunk);
    const [, url] = /listening on (ws:\/\/[^"\s]+)/.exec(output) ?? [];
    if (url !== undefined) {
      service.stdout.resume();
      return { service, url };
    }
  }
  throw new Error('the service did not start');
}

async function call(url, script) {
  const client = connect(url);
  say('client', `> call ${script.call}${script.caller === undefined ? '' : ', by the caller of the README'}`);
  const { value, console: lines } = await client.execute(script);
  for (const line of lines) say('console', line);
  say('client', `< ${JSON.stringify(value)}`);
  await client.close();
}

const plain = await serve({});
await call(plain.url, {
  code: CALLBACKS,
  call: 'onPush',
  caller: CALLER,
  globals: { secrets: { token: 'of-the-script' }, event: { owner: 'progrium', repo: 'javascriptd' } },
});
plain.service.kill();

say('', '');
say('', 'With EGRESS_HEADERS: the script has no token, and sees none.');
const hidden = await serve({
  EGRESS_HEADERS: JSON.stringify({ 'api.github.com': { authorization: 'token of-the-operator' } }),
});
await call(hidden.url, { code: OCTOKIT, call: 'onPush' });
hidden.service.kill();
api.close();
api.closeAllConnections();
rmSync(folder, { recursive: true });
