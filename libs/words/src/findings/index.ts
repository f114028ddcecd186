export { findingsPage } from './findings-page.js';
export { notYetRaised } from './raised-when.js';
