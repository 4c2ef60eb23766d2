import { mediaTypeProblem, prefersEvents } from '../../../src/http/media-type.js';

describe('mediaTypeProblem', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'Application/JSON',
    ' application/json ;q=1',
  ])('accepts %s', (type) => {
    expect(mediaTypeProblem({ 'content-type': type })).toBeUndefined();
  });

  // A cross-site page can send only the first three without a CORS preflight.
  it.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=application/json',
    'text/plain; application/json',
    'application/json-seq',
    'application/problem+json',
    '',
    undefined,
  ])('refuses %s', (type) => {
    expect(mediaTypeProblem({ 'content-type': type })).toBe('Content-Type must be application/json.');
  });

  it('refuses a compressed body', () => {
    const type = { 'content-type': 'application/json' };
    expect(mediaTypeProblem({ ...type, 'content-encoding': 'gzip' })).toBe(
      'Content-Encoding is not supported.',
    );
    expect(mediaTypeProblem({ ...type, 'content-encoding': 'identity' })).toBeUndefined();
  });
});

describe('prefersEvents', () => {
  it.each([
    'text/event-stream',
    'text/event-stream, */*;q=0.1',
    'text/event-stream, application/json',
    'application/json;q=0.5, text/event-stream',
  ])('is true for %s', (accept) => {
    expect(prefersEvents({ accept })).toBe(true);
  });

  it.each([
    undefined,
    '*/*',
    'application/json',
    'application/json, text/event-stream',
    'text/event-stream;q=0',
    'text/html',
    'nonsense',
  ])('is false for %s', (accept) => {
    expect(prefersEvents(accept === undefined ? {} : { accept })).toBe(false);
  });
});
