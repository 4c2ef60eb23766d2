import { parseArgs } from '@pkgjs/parseargs';

/** For `util`, which is loaded often and this seldom. */
export default { parseArgs };
