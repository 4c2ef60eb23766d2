// Many connections that do nothing, in a process of their own. Usage, by `fork`: crowd.mjs URL COUNT
import { connect } from '../load/link.mjs';

const AT_ONCE = 50;
const [url, count] = process.argv.slice(2);

const sockets = [];
while (sockets.length < Number(count)) {
  const more = Math.min(AT_ONCE, Number(count) - sockets.length);
  sockets.push(...(await Promise.all(Array.from({ length: more }, () => connect(url)))));
}
process.send({ open: sockets.length });
process.on('disconnect', () => process.exit(0));
