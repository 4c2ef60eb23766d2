import { createApplication } from './application.js';

const app = await createApplication();
await app.listen(Number(process.env['PORT'] ?? 8765), '127.0.0.1');
console.log(`listening on ${await app.getUrl()}`);
