import type { PrintedLabel, PrinterStatus, PrintJob, Printer } from './calls';

type Tone = 'green' | 'amber' | 'red' | 'ink' | 'grey';

/** The colour of a job's state: red only where it failed, amber where a person is needed. */
export const JOB_TONES: Record<PrintJob['state'], Tone> = {
  queued: 'grey',
  running: 'ink',
  paused: 'amber',
  doubtful: 'amber',
  ready: 'amber',
  done: 'green',
  cancelled: 'grey',
  failed: 'red',
};

/** The colour of a label's state. */
export const LABEL_TONES: Record<PrintedLabel['state'], Tone> = {
  queued: 'grey',
  sent: 'ink',
  printed: 'green',
  doubtful: 'amber',
  spoiled: 'red',
  cancelled: 'grey',
};

/** The colour of a printer's state. */
export const PRINTER_TONES: Record<Printer['state'], Tone> = {
  idle: 'green',
  printing: 'ink',
  paused: 'amber',
  trouble: 'red',
};

/** Where a printer is reached, in one line. */
export function addressOf(printer: Printer): string {
  const { host, port, folder } = printer.options as Record<string, string | number | undefined>;
  if (folder !== undefined) return String(folder);
  return host === undefined ? '' : `${host}${port === undefined ? '' : `:${port}`}`;
}

/** Whether a status says that all is well, that it is not, or nothing. */
export function wellness(status: PrinterStatus): 'good' | 'bad' | 'unknown' {
  if (status.reachable === false || status.troubles.length > 0) return 'bad';
  return status.reachable === true ? 'good' : 'unknown';
}

/** How far a job is, in whole percent. */
export const percentOf = (job: PrintJob) =>
  job.total === 0 ? 0 : job.state === 'done' ? 100 : Math.floor((job.printed * 100) / job.total);
