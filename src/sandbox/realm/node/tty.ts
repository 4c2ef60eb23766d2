import { accessDenied } from '../../boundary/coded-errors.js';

function noTerminal(): never {
  throw accessDenied('tty');
}

/** There is no terminal; packages like `debug` ask. */
export default {
  isatty: () => false,
  ReadStream: function ReadStream() {
    noTerminal();
  },
  WriteStream: function WriteStream() {
    noTerminal();
  },
};
