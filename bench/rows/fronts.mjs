// The rows of backends behind the one front: echoes, which say what the wire costs, and peers.
import { startFront } from './server.mjs';

function row(name, kind, backend, runs = () => true) {
  return {
    name,
    kind,
    runs,
    async start({ timeoutMs }) {
      return { ...(await startFront(backend, timeoutMs)), payloadOf: (payload) => payload };
    },
  };
}

const echoes = (scenario) => scenario.echoes === true;

export const ECHO_ROWS = [
  row('ws echo', 'limit', 'echo', echoes),
  row('echo through a runner process', 'limit', 'runner-echo', echoes),
];

export const PEER_ROWS = [
  row('vm in the server, as the original', 'peer', 'vm'),
  row('isolated-vm, fresh context', 'peer', 'isolated-vm-context'),
  row('isolated-vm, fresh isolate', 'peer', 'isolated-vm-isolate'),
  row('quickjs-emscripten', 'peer', 'quickjs'),
  row('worker_threads, spares', 'peer', 'thread-spare'),
  row('worker_threads, fresh', 'peer', 'thread-fresh'),
  row('child process, spares', 'peer', 'child'),
];
