// Bodies of replies, as text.

const errorBody = (code, message) => `"error":${JSON.stringify({ code, message })}`;

export const TIMEOUT = errorBody(1002, 'Timeout');
export const died = (error) => errorBody(1201, String(error?.message ?? error));
