export { MemoryBudget } from './memory-budget.js';
