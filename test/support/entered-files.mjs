/**
 * Preloaded into a process (`node --import 'entered-files.mjs?folder=...'`): at each SIGUSR2, writes the URLs of the scripts
 * of which a function was entered since the last one, to `folder/<pid>.json`. Precise coverage counts each call.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';

const folder = new URL(import.meta.url).searchParams.get('folder');
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });

process.on('SIGUSR2', () => {
  session.post('Profiler.takePreciseCoverage', (_error, { result }) => {
    const entered = result.filter(({ functions }) => functions.some(({ ranges: [{ count }] }) => count > 0));
    const path = `${folder}/${process.pid}.json`;
    writeFileSync(`${path}.part`, JSON.stringify(entered.map(({ url }) => url)));
    renameSync(`${path}.part`, path);
  });
});
