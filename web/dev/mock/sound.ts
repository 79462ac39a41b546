/** Fourteen seconds of a swelling tone as WAV, so that players have something to play. */

const RATE = 8000;
const SECONDS = 14;

function wav(): Buffer {
  const samples = RATE * SECONDS;
  const bytes = Buffer.alloc(44 + samples);
  bytes.write("RIFF", 0);
  bytes.writeUInt32LE(36 + samples, 4);
  bytes.write("WAVEfmt ", 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write("data", 36);
  bytes.writeUInt32LE(samples, 40);
  for (let at = 0; at < samples; at += 1) {
    const loud = 20 * Math.abs(Math.sin((at / samples) * Math.PI * 6));
    bytes[44 + at] = 128 + Math.round(loud * Math.sin((at * 2 * Math.PI * 220) / RATE));
  }
  return bytes;
}

export const SOUND = wav();
