// Every row of the tables, in their order.
import { BARE_ROW } from './bare.mjs';
import { SPAWN_ROW } from './bare-spawn.mjs';
import { ECHO_ROWS, PEER_ROWS } from './fronts.mjs';
import { SERVICE_ROWS } from './service.mjs';

export const ROWS = [BARE_ROW, SPAWN_ROW, ...ECHO_ROWS, ...SERVICE_ROWS, ...PEER_ROWS];

/** The row that others are compared with. */
export const REFERENCE = 'vm in the server, as the original';
