import { structuredClone } from '../web/structured-clone.js';

/** A global; no module of Node has it. */
export default { structuredClone };
