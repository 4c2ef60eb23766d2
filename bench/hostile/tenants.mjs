// Starts the service of many tenants.
import { fileURLToPath } from 'node:url';
import { startFork } from '../rows/server.mjs';

const SERVICE = fileURLToPath(new URL('./tenant-service.mjs', import.meta.url));

export const startTenants = (timeoutMs) => startFork(SERVICE, [`${timeoutMs}`]);
