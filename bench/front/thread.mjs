// A worker thread for one script.
import { parentPort } from 'node:worker_threads';
import { runOnce } from './one-script.mjs';

parentPort.on('message', (payload) => runOnce(payload, (body) => parentPort.postMessage(body)));
