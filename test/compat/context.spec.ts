import { compareWithNode } from './suite.js';

describe('at isolation level context', () => {
  compareWithNode('context');
});
