/** Where programs are loaded, by convention. */
const start = 0x40_0000;

/** Bytes before the code: the header of the file, and that of its only part. */
const headers = 64 + 56;

/**
 * Calls clone(CLONE_NEWUSER | SIGCHLD), as no program of busybox does, and ends with the error's number, or 0:
 * system call 56, then 60 (exit), by the x86-64 convention.
 */
const code = Buffer.from(
  [
    'b838000000', // mov eax, 56
    'bf11000010', // mov edi, CLONE_NEWUSER | SIGCHLD
    '31f631d24531d24531c0', // no stack, no addresses to write to
    '0f05', // syscall
    '31ff', // xor edi, edi
    '4885c0', // test rax, rax
    '7904', // jns, over the next two
    '89c7f7df', // mov edi, eax; neg edi
    'b83c000000', // mov eax, 60
    '0f05', // syscall
  ].join(''),
  'hex',
);

/** Makes a program for Linux on x86-64 (https://man7.org/linux/man-pages/man5/elf.5.html) that clones into a new user namespace. */
export function makeCloneProgram(): Buffer {
  const file = Buffer.alloc(headers);
  const size = BigInt(headers + code.length);
  file.write('\x7fELF\x02\x01\x01', 'latin1');
  file.writeUInt16LE(2, 16); // a program
  file.writeUInt16LE(62, 18); // for x86-64
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(start + headers), 24); // where it begins
  file.writeBigUInt64LE(64n, 32); // where its part's header is
  file.writeUInt16LE(64, 52);
  file.writeUInt16LE(56, 54);
  file.writeUInt16LE(1, 56);
  file.writeUInt32LE(1, 64); // to be loaded
  file.writeUInt32LE(5, 68); // to be read and executed
  file.writeBigUInt64LE(BigInt(start), 80);
  file.writeBigUInt64LE(BigInt(start), 88);
  file.writeBigUInt64LE(size, 96);
  file.writeBigUInt64LE(size, 104);
  file.writeBigUInt64LE(4096n, 112);
  return Buffer.concat([file, code]);
}
