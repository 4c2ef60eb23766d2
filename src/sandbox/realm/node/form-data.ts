import { entriesOf, FormData, formOf } from '../fetch/form-data.js';

/** The standard's forms. */
export default { FormData, entriesOf, formOf };
