import { native } from '../kit/native-calls.js';

/** All the constants of Node, in one object. */
export default native.call('constants');
