/** Node's old name of `util`. */
export default require('util');
