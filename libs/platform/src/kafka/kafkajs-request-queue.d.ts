// What kafkajs 2.2.4 keeps of one connection, as far as quiet-connections.ts knows it.
declare module 'kafkajs/src/network/requestQueue/index.js' {
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests(): void;
    checkPendingRequests(): void;
  }
}
