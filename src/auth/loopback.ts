const LOOPBACK = /^(?:localhost|[^/]+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether a host belongs to this machine. @param hostname in lower case; IPv6 addresses in brackets, as in a URL */
export function isLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}
