import { describe, expect, it } from '@jest/globals';
import { EventStreamReader } from './event-stream.js';

const readAll = (text: string, pieceLength: number) => {
  const reader = new EventStreamReader();
  const messages = [];
  for (let at = 0; at < text.length; at += pieceLength) messages.push(...reader.read(text.slice(at, at + pieceLength)));
  return { messages, id: reader.id };
};

const stream =
  'retry: 1000\n\n: alive\n\nevent: rows\nid: 7\ndata: {"a":\ndata: 1}\n\nid:8\ndata:plain\n\nevent: rows\n\n';

describe('server-sent events', () => {
  it.each([1, 2, 3, 7, 1000])('pieces of %d characters → the same messages and the newest id', (length) => {
    expect(readAll(stream, length)).toEqual({
      messages: [
        { event: 'rows', data: '{"a":\n1}' },
        { event: 'message', data: 'plain' },
      ],
      id: '8',
    });
  });

  it.each(['\r\n', '\r', '\n'])('lines that end with %j → read alike', (end) => {
    const text = stream.replaceAll('\n', end) + (end === '\r' ? ': more' : '');
    expect(readAll(text, 1).messages).toHaveLength(2);
  });

  it('a message without its blank line → not told yet', () => {
    expect(new EventStreamReader().read('data: half\n')).toEqual([]);
  });
});
