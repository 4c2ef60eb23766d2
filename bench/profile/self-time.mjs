// Where the time of CPU profiles went: the self time of each function.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const IDLE = '(idle)';

function nameOf({ functionName, url, lineNumber }) {
  const name = functionName === '' ? '(anonymous)' : functionName;
  if (url === '') return name;
  const path = url.startsWith('file:') ? relative(ROOT, fileURLToPath(url)) : url;
  return `${name} ${path}:${lineNumber + 1}`;
}

/** The clock of CPU profiles: microseconds. */
export const profileClock = () => Number(process.hrtime.bigint() / 1000n);

/**
 * Microseconds of self time by function, those of all profiles together; idle time is none.
 * @param window from when to when, by `profileClock`
 */
export function selfTimes(files, [from, until]) {
  const times = new Map();
  for (const file of files) {
    const { nodes, samples, startTime, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
    const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
    let now = startTime;
    samples.forEach((id, i) => {
      now += timeDeltas[i];
      const name = names.get(id);
      if (name !== IDLE && now >= from && now <= until)
        times.set(name, (times.get(name) ?? 0) + timeDeltas[i]);
    });
  }
  return times;
}

/** Whether a program's file is in the profile. */
export const ran = (file, program) => readFileSync(file, 'utf8').includes(program);
