import { binaryUses } from './uses/binary.mjs';
import { dataUses } from './uses/data.mjs';
import { flowUses } from './uses/flow.mjs';
import { numberUses } from './uses/numbers.mjs';
import { serviceUses } from './uses/services.mjs';
import { textUses } from './uses/text.mjs';

/** A small real use of each package: `require => JSON, or a promise of it`. */
export const uses = { ...dataUses, ...numberUses, ...textUses, ...serviceUses, ...binaryUses, ...flowUses };
