// The handle on the load generator's process.
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { CpuMeter } from '../measure/cpu-meter.mjs';

const GENERATOR = fileURLToPath(new URL('./generator.mjs', import.meta.url));

export class Load {
  #process = fork(GENERATOR);

  /**
   * Measures one cell: rate, latencies in milliseconds, processor time a call of the server's whole process tree, of
   * its root alone, and of the generator.
   */
  measure({ pid, shortLived, ...order }) {
    return new Promise((resolve, reject) => {
      let meter;
      let cpuMs = 0;
      let rootCpuMs = 0;
      const hear = (message) => {
        if (message.kind === 'begun') meter = new CpuMeter(pid, shortLived);
        else if (message.kind === 'ended') {
          cpuMs = meter.end();
          rootCpuMs = meter.rootMs;
        } else {
          this.#process.off('message', hear);
          if (message.kind === 'failed') return reject(new Error(message.message));
          const { generatorCpuMs, replies, ...result } = message.result;
          resolve({
            ...result,
            replies,
            cpuMs: cpuMs / replies,
            rootCpuMs: rootCpuMs / replies,
            generatorCpuMs: generatorCpuMs / replies,
          });
        }
      };
      this.#process.on('message', hear);
      this.#process.send(order);
    });
  }

  close() {
    this.#process.disconnect();
  }
}
