import { native } from '../kit/native-calls.js';

/** Node's constants, in one object. */
export default native.call('constants');
