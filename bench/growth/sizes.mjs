// What a call costs against the size of what it brings.
import { median, line } from '../measure/statistics.mjs';
import { ask, connect } from '../load/link.mjs';
import { treeCpuMs } from '../measure/process-tree.mjs';

const KB = 1024;
export const CODE_SIZES = [1, 4, 16, 64, 256, 512, 1024].map((kb) => kb * KB);
export const GLOBALS_SIZES = [1, 16, 64, 256, 1024, 2048, 4096].map((kb) => kb * KB);

const CALL = 'function f(cb) { cb(1); }';

/** Of functions, as code is: each of some 60 bytes; `serial` makes each text another one, since compiled code is kept. */
export function codeOf(bytes, serial) {
  const lines = [CALL, `// ${serial}`];
  for (let i = 0, size = 0; size < bytes; i++) {
    lines.push(`function f${i}(a, b) { const c = a * ${i} + b; return c > 10 ? c : b; }`);
    size += lines.at(-1).length + 1;
  }
  return { code: lines.join('\n'), globals: {}, call: 'f' };
}

export function globalsOf(bytes) {
  const item = { id: 12_345, name: 'a name of some length', tags: ['x', 'y'], price: 9.75 };
  const items = Array.from({ length: Math.ceil(bytes / JSON.stringify(item).length) }, () => item);
  return { code: CALL, globals: { items }, call: 'f' };
}

/** @returns `{ points: [[bytes, ms, cpuMs]], slope, intercept, fit }`: the line of the milliseconds through the bytes */
export async function costBySize({ url, pid }, sizes, payloadOf, calls) {
  const socket = await connect(url);
  const points = [];
  for (const bytes of sizes) {
    const times = [];
    const before = treeCpuMs(pid);
    for (let i = 0; i < calls; i++) {
      const payload = payloadOf(bytes, i);
      const begun = performance.now();
      const { payload: result, error } = await ask(socket, payload);
      times.push(performance.now() - begun);
      if (result?.value !== 1) throw new Error(`a wrong reply: ${JSON.stringify(error ?? result)}`);
    }
    points.push([bytes, median(times), (treeCpuMs(pid) - before) / calls]);
  }
  socket.terminate();
  return { points, ...line(points.map(([bytes, ms]) => [bytes, ms])) };
}
