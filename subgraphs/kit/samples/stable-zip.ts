// Zip archives carry the time at which they were packed; without it, the same content is the same
// bytes.

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_LENGTH = 22;
/** 1 January 1980, 00:00: the first instant that the format can express. */
const DOS_TIME = 0;
const DOS_DATE = 0x0021;

/**
 * Sets the times of all members of a zip archive to 1980-01-01, in place.
 *
 * @param archive an archive without comment and without ZIP64, as spreadsheet writers make it
 * @throws RangeError if it is not
 */
export function setZipTimes(archive: Buffer): void {
  const end = archive.length - END_LENGTH;
  if (end < 0 || archive.readUInt32LE(end) !== END_OF_DIRECTORY) throw notAnArchive();
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  for (let member = 0; member < count; member += 1) {
    if (archive.readUInt32LE(at) !== DIRECTORY_ENTRY) throw notAnArchive();
    archive.writeUInt16LE(DOS_TIME, at + 12);
    archive.writeUInt16LE(DOS_DATE, at + 14);
    const local = archive.readUInt32LE(at + 42);
    if (archive.readUInt32LE(local) !== LOCAL_HEADER) throw notAnArchive();
    archive.writeUInt16LE(DOS_TIME, local + 10);
    archive.writeUInt16LE(DOS_DATE, local + 12);
    // The entry ends with name, extra field and comment, whose lengths stand in it.
    at += 46 + [28, 30, 32].reduce((sum, field) => sum + archive.readUInt16LE(at + field), 0);
  }
}

function notAnArchive(): RangeError {
  return new RangeError('Not a plain zip archive.');
}
