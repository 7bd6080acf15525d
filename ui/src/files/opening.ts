import { API, call, saveBlob } from '../api/http';
import type { FileValue } from './model';

/** What a browser shows in a tab of its own without running anything of it as ours. */
const TABBED = new Set(['application/pdf']);
const LATER = 60_000;

async function bytesOf(file: FileValue): Promise<Blob> {
  const answer = await call('GET', file.url.replace(API, ''));
  return answer.blob();
}

/** Open a PDF in a tab of its own; everything else is saved. */
export async function openFile(file: FileValue): Promise<void> {
  if (!TABBED.has(file.type)) {
    saveBlob(await bytesOf(file), file.name);
    return;
  }
  // Now, while the click still counts; later the browser would take it for an unwanted window.
  const tab = window.open('', '_blank');
  try {
    const url = URL.createObjectURL(new Blob([await bytesOf(file)], { type: file.type }));
    if (tab === null) {
      saveBlob(await bytesOf(file), file.name);
      return;
    }
    tab.location.href = url;
    setTimeout(() => URL.revokeObjectURL(url), LATER);
  } catch (error) {
    tab?.close();
    throw error;
  }
}

/** Let the browser save a file. */
export async function saveFile(file: FileValue): Promise<void> {
  saveBlob(await bytesOf(file), file.name);
}
