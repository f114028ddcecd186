// A second person of the sender agrees to the dispatch (four eyes). `for`: in whose place a deputy does. `glass`: why it must
// leave without a second person, said by whoever answers for that; everybody concerned is told at once.

import { remark } from './definition.js';
import { code, personRef } from './forms.js';

export const approved = remark('approved', { for: personRef.optional(), glass: code.optional() });
