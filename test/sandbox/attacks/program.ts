/** Where programs are loaded, by convention. */
const base = 0x40_0000;

/** Bytes before what is loaded: the header of the file, and that of its only part. */
const headers = 64 + 56;

/** The address of a program's first byte, of its data where it has any. */
export const start = base + headers;

/** Makes a program for Linux on x86-64 (https://man7.org/linux/man-pages/man5/elf.5.html) of its code and of data before it. */
export function makeProgram(code: Buffer, data: Buffer = Buffer.alloc(0)): Buffer {
  const file = Buffer.alloc(headers);
  const size = BigInt(headers + data.length + code.length);
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeUInt16LE(2, 16); // a program
  file.writeUInt16LE(62, 18); // for x86-64
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(start + data.length), 24); // where it begins
  file.writeBigUInt64LE(64n, 32); // where its part's header is
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // to be loaded
  file.writeUInt32LE(5, 68); // to be read and executed
  file.writeBigUInt64LE(BigInt(base), 80);
  file.writeBigUInt64LE(BigInt(base), 88);
  file.writeBigUInt64LE(size, 96);
  file.writeBigUInt64LE(size, 104);
  file.writeBigUInt64LE(4096n, 112);
  return Buffer.concat([file, data, code]);
}

/** A Dockerfile's instruction that writes a program into an image and lets it be run. */
export function programInstruction(program: Buffer, path: string): string {
  const bytes = [...program].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
  return `RUN printf '${bytes}' > ${path} && chmod +x ${path}`;
}
