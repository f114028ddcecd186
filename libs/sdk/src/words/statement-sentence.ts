// What one token says, in the words that the house has for it.

export { statementSentence } from '@unbroken/words';
