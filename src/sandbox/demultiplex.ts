import { StringDecoder } from 'node:string_decoder';
import { AnswerUnreadable, readText } from './engine-answer.ts';

const headerBytes = 8;

/** Input, output, errors. */
const lastStream = 2;

/** A frame is at most this long; more is no frame. Docker sends at most 32 KiB at a time. */
const mostFrameBytes = 16 * 1024 * 1024;

/**
 * Reads the engine's stream of a container without a terminal: frames of an 8-byte header (stream, three zero bytes,
 * length) and that many bytes (https://docs.docker.com/reference/api/engine/, "Attach to a container").
 * @param write takes the text of both streams in the order in which it arrives
 * @returns resolves at the end of the stream
 * @throws AnswerUnreadable where it ends in the middle of a frame, or holds what is no frame; the stream's own error
 */
export function demultiplex(stream: NodeJS.ReadableStream, write: (text: string) => void): Promise<void> {
  const decoder = new StringDecoder('utf8');
  let waiting: Buffer = Buffer.alloc(0);
  return new Promise((resolve, reject) => {
    stream.on('data', (chunk: Buffer) => {
      waiting = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      while (waiting.length >= headerBytes) {
        const frameEnd = endOfFrame(waiting);
        if (frameEnd === null) {
          reject(new AnswerUnreadable('what a container printed came garbled'));
          waiting = Buffer.alloc(0);
          stream.pause();
          return;
        }
        if (waiting.length < frameEnd) return;
        write(decoder.write(waiting.subarray(headerBytes, frameEnd)));
        waiting = waiting.subarray(frameEnd);
      }
    });
    const end = () =>
      waiting.length === 0 ? resolve() : reject(new AnswerUnreadable('what a container printed was cut off'));
    stream.on('end', end);
    stream.on('close', end);
    stream.on('error', reject);
  });
}

/** @returns where the frame that begins here ends; null where none begins */
function endOfFrame(bytes: Buffer, at = 0): number | null {
  const length = bytes.readUInt32BE(at + 4);
  const valid = bytes.readUInt8(at) <= lastStream && bytes.readUIntBE(at + 1, 3) === 0 && length <= mostFrameBytes;
  return valid ? at + headerBytes + length : null;
}

/**
 * The text of a finished stream of frames, as the engine returns a log.
 * @throws AnswerUnreadable where it is cut off, or holds what is no frame or no text
 */
export function textOfFrames(raw: Buffer): string {
  const parts: Buffer[] = [];
  for (let at = 0; at < raw.length; ) {
    const end = at + headerBytes <= raw.length ? endOfFrame(raw, at) : null;
    if (end === null || end > raw.length) throw new AnswerUnreadable('a log came garbled, or was cut off');
    parts.push(raw.subarray(at + headerBytes, end));
    at = end;
  }
  return readText(Buffer.concat(parts));
}
