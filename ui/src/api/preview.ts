/** Through the eyes of which role somebody looks at the forms of an app. */
export interface Preview {
  role: string;
  /** What the role is called. */
  name: string;
  /** Where the look began, and where its end leads back to. */
  from: string;
}

const KEY = 'mazhi.preview';
/** Only forms are looked at as a role; the rest of the page stays one's own. */
const CONCERNED = '/apps/';

/** How this tab looks at forms; null as oneself. */
export function preview(): Preview | null {
  const text = sessionStorage.getItem(KEY);
  return text === null ? null : (JSON.parse(text) as Preview);
}

/** The header that says so to the server, for a call to a path. */
export function previewHeader(path: string): string | null {
  return path.startsWith(CONCERNED) ? (preview()?.role ?? null) : null;
}

/** Look as a role from now on; the page is loaded anew, so that nothing of what was seen before is left. */
export function beginPreview(look: Preview, to: string): void {
  sessionStorage.setItem(KEY, JSON.stringify(look));
  window.location.assign(to);
}

/** Look as oneself again. */
export function endPreview(): void {
  const from = preview()?.from ?? '/';
  sessionStorage.removeItem(KEY);
  window.location.assign(from);
}
