import { accessDenied } from '../../boundary/module-errors.js';

function noTerminal(): never {
  throw accessDenied('tty');
}

/** There is no terminal; `debug` and its like ask. */
export default {
  isatty: () => false,
  ReadStream: function ReadStream() {
    noTerminal();
  },
  WriteStream: function WriteStream() {
    noTerminal();
  },
};
