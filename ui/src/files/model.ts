/** A file (文件) as a record names it. */
export interface FileValue {
  id: string;
  name: string;
  size: number;
  type: string;
  /** Where its bytes are, as the reader of the record gets them. */
  url: string;
  /** A small picture of it, if there is one. */
  thumbnail: string | null;
}

/** The files of a field's value; what is only named by its id is shown by that. */
export function filesOf(value: unknown): FileValue[] {
  const given: unknown[] = Array.isArray(value) ? (value as unknown[]) : [value];
  return given.flatMap((one) => {
    if (typeof one === 'string' && one !== '') {
      return [{ id: one, name: one, size: 0, type: '', url: '', thumbnail: null }];
    }
    return isFile(one) ? [one] : [];
  });
}

function isFile(value: unknown): value is FileValue {
  return typeof value === 'object' && value !== null && 'id' in value && 'name' in value && 'url' in value;
}

/** Whether a file is a picture that can be shown here. */
export function isPicture(file: FileValue): boolean {
  return file.thumbnail !== null;
}

/** A size as people read it. */
export function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

/** The ending of a file's name, for its badge. */
export function endingOf(name: string): string {
  const at = name.lastIndexOf('.');
  return at < 0 ? '' : name.slice(at + 1, at + 6).toUpperCase();
}

/** What the browser's file chooser offers for what a field takes; nothing where that is anything. */
export function acceptOf(groups: readonly string[]): string {
  if (groups.length === 0 || groups.includes('other')) return '';
  return groups.flatMap((one) => ENDINGS[one] ?? []).join(',');
}

const ENDINGS: Partial<Record<string, string[]>> = {
  picture: ['image/*'],
  pdf: ['.pdf', '.ofd'],
  word: ['.doc', '.docx', '.wps', '.rtf', '.odt'],
  sheet: ['.xls', '.xlsx', '.xlsm', '.et'],
  slides: ['.ppt', '.pptx', '.dps'],
  text: ['.txt', '.csv', '.log', '.json', '.xml', '.md'],
  video: ['video/*'],
  audio: ['audio/*'],
  archive: ['.zip', '.rar', '.7z', '.gz', '.tar'],
  drawing: ['.dwg', '.dxf', '.step', '.stp'],
};
