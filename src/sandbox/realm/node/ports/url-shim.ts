/**
 * What the port of `inspect` means by a free `URL`. It asks for it after a value's own inspection, which our URL
 * has: so no value needs to pass for one, and the real URL need not be made for every object that is shown.
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- only `instanceof` looks at it
export class URL {}
