/**
 * Put a text into the clipboard.
 *
 * The browser's own clipboard exists only on https and localhost; a server in the warehouse is often plain http, so
 * the old way through a selected field stays as the second one.
 */
export async function copyText(text: string): Promise<void> {
  // Typed as always there, but absent outside of secure contexts.
  const clipboard = navigator.clipboard as Clipboard | undefined;
  if (clipboard !== undefined) {
    await clipboard.writeText(text);
    return;
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.style.position = 'fixed';
  field.style.opacity = '0';
  document.body.append(field);
  field.select();
  // Nothing else works on plain http.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  document.execCommand('copy');
  field.remove();
}
