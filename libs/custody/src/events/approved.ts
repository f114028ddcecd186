// A second person of the sender agrees to the dispatch (four eyes).

import { remark } from './definition.js';

export const approved = remark('approved', {});
