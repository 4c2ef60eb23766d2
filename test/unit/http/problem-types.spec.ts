import { hasRun, PROBLEM_TYPES, problemTypeOf } from '../../../src/http/problem-types.js';
import { PROTOCOL_ERRORS } from '../../../src/protocol/errors.js';
import { RUNTIME_ERRORS } from '../../../src/runtime/errors.js';

const catalogue = [...Object.values(PROTOCOL_ERRORS), ...Object.values(RUNTIME_ERRORS)];

describe('PROBLEM_TYPES', () => {
  it('contains each error of the catalogues once', () => {
    const codes = PROBLEM_TYPES.map(({ code }) => code).toSorted((a, b) => a - b);
    expect(codes).toEqual(catalogue.map(({ code }) => code).toSorted((a, b) => a - b));
  });

  it('maps each code to its status, which clients rely on', () => {
    expect(Object.fromEntries(PROBLEM_TYPES.map(({ code, status }) => [code, status]))).toEqual({
      1000: 422,
      1001: 422,
      1002: 504,
      1003: 422,
      1004: 499,
      1100: 400,
      1101: 404,
      1102: 400,
      1103: 403,
      1104: 404,
      1200: 503,
      1201: 502,
      1202: 503,
      1203: 500,
    });
  });

  it('uses 503 only for errors after which nothing ran', () => {
    const retryable = PROBLEM_TYPES.filter(({ status }) => status === 503).map(({ code }) => code);
    expect(retryable).toEqual([1200, 1202]);
    expect(retryable.filter(hasRun)).toEqual([]);
    expect(PROBLEM_TYPES.map(({ code }) => code).filter(hasRun)).toEqual([
      1000, 1001, 1002, 1003, 1004, 1201,
    ]);
  });

  it('rejects an unknown code', () => {
    expect(() => problemTypeOf(1999)).toThrow(RangeError);
  });
});
