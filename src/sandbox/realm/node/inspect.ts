import { format, formatWithOptions, inspect, stripVTControlCharacters } from 'node-inspect-extracted';
import { named } from '../kit/define.js';
import { style } from './ports/inspect-binding.js';

if (!style.coloursRegExps) inspect.styles.regexp = 'red';

// The package is minified.
for (const [name, value] of Object.entries({ inspect, format, formatWithOptions, stripVTControlCharacters }))
  named(name, value);

/** Node's own `inspect`, `format`, `formatWithOptions` and `stripVTControlCharacters`, for `util` and the console. */
export default { inspect, format, formatWithOptions, stripVTControlCharacters };
