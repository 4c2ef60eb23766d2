import { PROBLEM_KINDS, hasRun, kindOf } from '../../../src/http/problem-kinds.js';
import { PROTOCOL_ERRORS } from '../../../src/protocol/errors.js';
import { RUNTIME_ERRORS } from '../../../src/runtime/errors.js';

const catalogue = [...Object.values(PROTOCOL_ERRORS), ...Object.values(RUNTIME_ERRORS)];

describe('the table of problems', () => {
  it('has each error of the catalogues once, and no other', () => {
    const codes = PROBLEM_KINDS.map(({ code }) => code).toSorted((a, b) => a - b);
    expect(codes).toEqual(catalogue.map(({ code }) => code).toSorted((a, b) => a - b));
  });

  it('is this one: clients rely on it', () => {
    expect(Object.fromEntries(PROBLEM_KINDS.map(({ code, status }) => [code, status]))).toEqual({
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

  it('has 503 only where nothing ran', () => {
    const again = PROBLEM_KINDS.filter(({ status }) => status === 503).map(({ code }) => code);
    expect(again).toEqual([1200, 1202]);
    expect(again.filter(hasRun)).toEqual([]);
    expect(PROBLEM_KINDS.map(({ code }) => code).filter(hasRun)).toEqual([
      1000, 1001, 1002, 1003, 1004, 1201,
    ]);
  });

  it('knows no other code', () => {
    expect(() => kindOf(1999)).toThrow(RangeError);
  });
});
