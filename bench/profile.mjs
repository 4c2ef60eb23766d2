// Where the time goes: CPU profiles of the gateway and of the runner processes under load.
// Usage: npm run bench:profile [-- --scenario NAME] [--seconds N] [--connections N] [--entries N] [--reused]
import { parseArgs } from 'node:util';
import { Load } from './load/load.mjs';
import { installPeers } from './peers/install.mjs';
import { profileGateway, profileRunners } from './profile/profiled.mjs';
import { profileClock, ran, selfTimes } from './profile/self-time.mjs';
import { writeResults } from './report/files.mjs';
import { figure, table } from './report/markdown.mjs';
import { reused } from './rows/prepare.mjs';
import { expectedTexts, scenarioOf } from './scenarios.mjs';

const { values } = parseArgs({
  options: {
    scenario: { type: 'string', default: 'trivial' },
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '64' },
    entries: { type: 'string', default: '10' },
    reused: { type: 'boolean', default: false },
  },
});
const WARM_MS = 500;
const scenario = scenarioOf(values.scenario);
const packages = installPeers();
const load = new Load();
let calls = 0;
let period = [0, 0];

async function burden({ url, pid }) {
  // Connections are open and the first calls made a while before; the start of the service does not count.
  const begun = profileClock() + WARM_MS * 1000;
  const { replies, wrong, sample } = await load.measure({
    url,
    pid,
    payload: JSON.stringify(values.reused ? await reused(url, scenario.payload) : scenario.payload),
    expected: expectedTexts(scenario),
    connections: Number(values.connections),
    inFlight: 1,
    seconds: Number(values.seconds),
    warmMs: WARM_MS,
    drainMs: 3000,
  });
  if (wrong > 0) throw new Error(`a wrong reply: ${sample}`);
  calls = replies;
  period = [begun, begun + Number(values.seconds) * 1e6];
}

function largest(title, files) {
  const times = selfTimes(files, period);
  const total = [...times.values()].reduce((sum, time) => sum + time, 0);
  const rows = [...times]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, Number(values.entries))
    .map(([name, time]) => [`\`${name}\``, `${figure((100 * time) / total)}`, figure(time / calls)]);
  return `### ${title}

${figure(total / calls)} us of self time a call, of ${calls} calls; profiles: ${files.length}.

${table(['function', '%', 'us a call'], rows)}`;
}

const gateway = largest('Gateway', await profileGateway(packages, burden));
const files = await profileRunners(packages, burden);
const runners = largest(
  'Runner processes',
  files.filter((file) => ran(file, 'javascriptd:runner')),
);
load.close();
const text = `Self times under load: ${scenario.title}, ${values.connections} connections.\n\n${gateway}\n\n${runners}`;
console.log(text);
console.error(
  `results: ${writeResults('profile', { gateway, runners }, text)}.md; profiles: ${files[0]} ...`,
);
