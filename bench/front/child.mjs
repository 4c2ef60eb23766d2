// A child process for one script.
import { runOnce } from './one-script.mjs';

process.once('message', (payload) => runOnce(payload, (body) => process.send(body)));
