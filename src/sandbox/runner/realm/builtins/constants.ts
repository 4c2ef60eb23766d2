import { native } from '../native/native-calls.js';

/** All the constants of Node, in one object. */
export default native.call('constants');
