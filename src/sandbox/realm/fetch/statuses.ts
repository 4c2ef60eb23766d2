/** Responses of these statuses have no body: https://fetch.spec.whatwg.org/#null-body-status. */
export const NULL_BODY_STATUSES: ReadonlySet<number> = new Set([101, 204, 205, 304]);

/** https://fetch.spec.whatwg.org/#redirect-status */
export const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
