/** One event of a `text/event-stream`, its data read as JSON. */
export interface SentEvent {
  readonly event: string;
  readonly data: unknown;
}

/** The events of a whole stream; comments are left out. */
export function readEvents(text: string): readonly SentEvent[] {
  return text
    .split('\n\n')
    .filter((block) => block !== '' && !block.startsWith(':'))
    .map((block) => {
      const [, event = '', data = ''] = /^event: ([^\n]+)\ndata: ([^\n]+)$/.exec(block) ?? [];
      return { event, data: JSON.parse(data) as unknown };
    });
}
