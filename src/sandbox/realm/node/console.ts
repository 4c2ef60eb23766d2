/** The console of this context. */
export default (globalThis as unknown as { console: object }).console;
