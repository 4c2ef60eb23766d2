// A child process for one script.
import { runOnce } from './one-script.mjs';

// Listens on after it: it is ended by its parent, not by having nothing to do before its answer is read.
process.on('message', (payload) => runOnce(payload, (body) => process.send(body)));
