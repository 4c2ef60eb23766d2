import { format, formatWithOptions, inspect, stripVTControlCharacters } from 'node-inspect-extracted';
import { style } from './ports/inspect-binding.js';

if (!style.coloursRegExps) inspect.styles.regexp = 'red';

/** Node's own `inspect`, `format`, `formatWithOptions` and `stripVTControlCharacters`, for `util` and the console. */
export default { inspect, format, formatWithOptions, stripVTControlCharacters };
