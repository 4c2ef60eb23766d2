/**
 * The npm package `assert` is that of Node 12. These are the differences to later ones, by the file of the package.
 * @param {string} file path of a file of the package
 * @param {string} text its text
 */
export function withLaterAssert(file, text) {
  const changes = file.endsWith('/assertion_error.js') ? ERROR : file.endsWith('/build/assert.js') ? ASSERT : [];
  return changes.reduce((changed, [before, after]) => {
    if (!changed.includes(before)) throw new Error(`the package assert has changed: no ${before}`);
    return changed.replaceAll(before, () => after);
  }, text);
}

const ASSERT = [
  ["require('./internal/errors')", "require('assert-errors')"],
  [
    '!expectedException(actual, error, message, stackStartFn)) {\n    throw actual;',
    "!expectedException(actual, error, message, stackStartFn)) {\n    throw require('assert-mismatch').mismatch(AssertionError, actual, error, message, stackStartFn, returned);",
  ],
  [
    'return expected.call({}, actual) === true;',
    'returned = expected.call({}, actual);\n  return returned === true;',
  ],
  ['var NO_EXCEPTION_SENTINEL = {};', 'var NO_EXCEPTION_SENTINEL = {};\nvar returned;'],
  ['if (actual != expected) {', 'if (actual != expected && !(actual !== actual && expected !== expected)) {'],
  ['if (actual == expected) {', 'if (actual == expected || (actual !== actual && expected !== expected)) {'],
  [
    '} else if (message instanceof Error) {\n      throw message;\n    }\n    var err',
    '} else if (message === undefined || message === null) {\n      generatedMessage = true;\n    } else if (message instanceof Error) {\n      throw message;\n    }\n    var err',
  ],
  ['assert.rejects = function', 'assert.rejects = async function'],
  ['assert.doesNotReject = function', 'assert.doesNotReject = async function'],
];

const ERROR = [
  ["require('../errors')", "require('assert-errors')"],
  ['Values identical but not reference-equal:', 'Values have same structure but are not reference-equal:'],
  [
    '"\\n\\nshould equal\\n\\n")',
    '"\\n\\nshould ".concat(operator === \'equal\' ? \'equal\' : \'loosely deep-equal\', "\\n\\n"))',
  ],
  [
    '_this = _super.call(this, String(message));',
    "_this = _super.call(this, operator === 'deepStrictEqual' || operator === 'strictEqual' ? createErrDiff(actual, expected, operator).replace(/^.*/, () => String(message)) : String(message));",
  ],
  [
    '"".concat(base, " ").concat(res[0])',
    '"".concat(base, res[0].length > 5 ? "\\n\\n" : " ").concat(res[0])',
  ],
];
