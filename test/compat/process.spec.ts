import { compareWithNode } from './suite.js';

describe('at isolation level process', () => {
  compareWithNode('process');
});
