import { parseArgs } from '@pkgjs/parseargs';

/** For `util`, which scripts load often; few use this function. */
export default { parseArgs };
