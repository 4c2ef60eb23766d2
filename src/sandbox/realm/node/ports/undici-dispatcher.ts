import { dispatch } from '../../http/dispatcher.js';

/** In place of undici's agent, with its sockets. */
export const getGlobalDispatcher = () => ({ dispatch });
