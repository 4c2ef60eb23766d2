/**
 * The global `URL` in the port of `inspect`. The port uses it only for a value without an inspection method of its own, which
 * our URL has. So no value needs to be an instance, and `inspect` does not load the real class.
 */
// oxlint-disable-next-line typescript/no-extraneous-class -- only used with `instanceof`
export class URL {}
