import { parentOf } from '../../../src/observability/traces/parent.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const SPAN = '00f067aa0ba902b7';
const read = (ext: unknown): ReturnType<typeof parentOf> => parentOf(JSON.stringify(ext));

describe('the parent of a trace', () => {
  it('is the traceparent of ext, with its state', () => {
    const parent = read({ traceparent: `00-${TRACE}-${SPAN}-01`, tracestate: 'a=1,b=2', more: [1] });
    expect(parent).toMatchObject({ traceId: TRACE, spanId: SPAN, traceFlags: 1, isRemote: true });
    expect(parent?.traceState?.serialize()).toBe('a=1,b=2');
  });

  it('may be of a later version, which says more', () => {
    expect(read({ traceparent: `cc-${TRACE}-${SPAN}-00-what-will-be` })).toMatchObject({
      traceId: TRACE,
      traceFlags: 0,
    });
  });

  it.each([
    undefined,
    null,
    'traceparent',
    ['traceparent'],
    {},
    { traceparent: null },
    { traceparent: '' },
    { traceparent: `00-${TRACE}-${SPAN}` },
    { traceparent: `00-${TRACE}-${SPAN}-01-more` },
    { traceparent: `00-${TRACE.toUpperCase()}-${SPAN}-01` },
    { traceparent: `00-${'0'.repeat(32)}-${SPAN}-01` },
    { traceparent: `00-${TRACE}-${'0'.repeat(16)}-01` },
    { traceparent: `ff-${TRACE}-${SPAN}-01` },
    { traceparent: ` 00-${TRACE}-${SPAN}-01` },
    { Traceparent: `00-${TRACE}-${SPAN}-01` },
    { in: { traceparent: `00-${TRACE}-${SPAN}-01` } },
    { traceparent: `00-${TRACE}-${SPAN}-01`, filler: 'x'.repeat(9000) },
  ])('is none in %j', (ext) => {
    expect(read(ext)).toBeUndefined();
  });

  it.each([5, '', 'x'.repeat(600), 'no state at all'])('has no state in %j', (tracestate) => {
    const parent = read({ traceparent: `00-${TRACE}-${SPAN}-01`, tracestate });
    expect(parent?.traceId).toBe(TRACE);
    expect(parent?.traceState?.serialize() ?? '').toBe('');
  });
});
