/** Where scripts are sent to over HTTP. */
export const EXECUTE_PATH = '/v1/execute';
