// The one WebSocket front of all peers: frames as Duplex has them, a backend behind it.
// Usage, by `fork`: server.mjs BACKEND TIMEOUT_MS
import { WebSocketServer } from 'ws';

const [name, timeoutMs] = process.argv.slice(2);

/** So much memory each script gets, where the peer can say so. */
const MEMORY_MB = 64;

const { start } = await import(`./backends/${name}.mjs`);
const backend = await start({ timeoutMs: Number(timeoutMs), memoryMb: MEMORY_MB });

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false });
server.on('connection', (socket) => {
  let greeted = false;
  const isGone = () => socket.readyState !== socket.OPEN;
  socket.on('error', () => undefined);
  const answer = async (data) => {
    const { id, payload } = JSON.parse(data);
    const body = await backend.run(payload, isGone);
    if (!isGone()) socket.send(`{"type":"rep","id":${id},${body}}`);
  };
  socket.on('message', (data) => {
    if (greeted) void answer(data);
    else socket.send('+OK');
    greeted = true;
  });
});
server.on('listening', () => process.send({ url: `ws://127.0.0.1:${server.address().port}` }));
process.on('disconnect', () => process.exit(0));
