import assert from 'assert/build/assert.js';
import { named } from '../kit/define.js';

// The bundler gives it another name.
named('AssertionError', (assert as unknown as { readonly AssertionError: object }).AssertionError);

export default assert;
