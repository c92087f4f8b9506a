// The conformance suite from the command line: a kit sector on a database of its own, or a sector in any
// language at its address.
import { exec } from 'node:child_process';
import { openKitSector } from '../conformance/kit-sector/open-kit-sector.ts';
import { openRemoteSector } from '../conformance/suite/open-remote-sector.ts';
import { runConformance } from '../conformance/suite/run-conformance.ts';
import type { SectorUnderTest } from '../conformance/suite/sector-under-test.ts';
import { writeItem, writeSummary, type Paint } from '../conformance/suite/write-report.ts';
import { loadSectors } from './sectors.ts';
import { UsageError } from './usage-error.ts';

/** Options of the verb. */
export interface ConformanceWords {
  readonly url?: string;
  readonly sector?: string;
  readonly subject?: readonly string[];
  readonly keysPort: number;
  readonly outageBegin?: string;
  readonly outageEnd?: string;
  readonly json?: boolean;
}

/** Where the report goes. */
export interface ConformanceOutput {
  readonly write: (text: string) => void;
  /** For people, beside the report. */
  readonly say: (text: string) => void;
  readonly paint: Paint;
}

/** Longest wait for a command that takes a database away or gives it back, milliseconds. */
const COMMAND_TIMEOUT_MS = 30_000;

/**
 * Runs the suite and writes the report, item by item, or as one JSON value.
 *
 * @returns whether the sector conforms
 * @throws UsageError where neither a sector nor an address is named, or both
 */
export async function runConformanceCommand(
  name: string | undefined,
  words: ConformanceWords,
  output: ConformanceOutput,
): Promise<boolean> {
  const { sector, close } = await open(name, words, output);
  try {
    const report = await runConformance(sector, (item) => {
      if (words.json !== true) output.write(`${writeItem(item, output.paint)}\n`);
    });
    const text = words.json === true ? JSON.stringify(report, null, 2) : writeSummary(report);
    output.write(`${text}\n`);
    return report.conforms;
  } finally {
    await close();
  }
}

interface Opened {
  readonly sector: SectorUnderTest;
  readonly close: () => Promise<void>;
}

async function open(
  name: string | undefined,
  words: ConformanceWords,
  { say }: ConformanceOutput,
): Promise<Opened> {
  if ((name === undefined) === (words.url === undefined)) {
    throw new UsageError('Name a sector of this repository, or --url of a running one.');
  }
  if (name !== undefined) {
    const [loaded] = await loadSectors([name]);
    if (!loaded) throw new UsageError(`There is no sector ${name}.`);
    return openKitSector(loaded.sector);
  }
  const { url, sector, subject = [], keysPort, outageBegin, outageEnd } = words;
  if (url === undefined || sector === undefined || subject.length === 0) {
    throw new UsageError('With --url give --sector and at least one --subject.');
  }
  if ((outageBegin === undefined) !== (outageEnd === undefined)) {
    throw new UsageError('Give --outage-begin and --outage-end together.');
  }
  const opened = await openRemoteSector({
    ...{ name: sector, url, subjects: subject, keysPort },
    ...(outageBegin !== undefined &&
      outageEnd !== undefined && {
        outage: { begin: () => runCommand(outageBegin), end: () => runCommand(outageEnd) },
      }),
  });
  say(`The sector has to trust the keys at ${opened.sector.keys.url}\n`);
  return opened;
}

/** The team's own words, run as it would type them. */
function runCommand(command: string): Promise<void> {
  return new Promise((resolve, reject) => {
    exec(command, { timeout: COMMAND_TIMEOUT_MS }, (error) => {
      if (error) reject(new Error(`"${command}" failed`, { cause: error }));
      else resolve();
    });
  });
}
