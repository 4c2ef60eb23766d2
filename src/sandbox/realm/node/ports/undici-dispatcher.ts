import { dispatch } from '../../http/dispatcher.js';

/** Takes the place of undici's agent, which opens sockets. */
export const getGlobalDispatcher = () => ({ dispatch });
