import { format, formatWithOptions, inspect, stripVTControlCharacters } from 'node-inspect-extracted';

/** Node's own `inspect`, `format`, `formatWithOptions` and `stripVTControlCharacters`, for `util` and the console. */
export default { inspect, format, formatWithOptions, stripVTControlCharacters };
