// What a finding means, in the words that the house has for it.

export { findingSentence } from '@unbroken/words';
