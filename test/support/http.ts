/** An answer over HTTP. */
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Gets a page of a service, on a connection of its own.
 * @param url its WebSocket address
 */
export async function get(url: string, path: string): Promise<Answer> {
  const response = await fetch(new URL(path, url.replace(/^ws/, 'http')), {
    headers: { connection: 'close' },
  });
  return { status: response.status, text: await response.text() };
}
