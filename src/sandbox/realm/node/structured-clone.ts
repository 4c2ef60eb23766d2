import { structuredClone } from '../web/structured-clone.js';

/** The global, which no module of Node's has. */
export default { structuredClone };
