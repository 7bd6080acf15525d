import dayjs from 'dayjs';
import { session } from '../api/session';
import type { FormField } from '../forms/model';

const PATIENCE = 8_000;

/** What is written into a photo that is taken now, as its field says. */
export async function marksOf(field: FormField, nowhere: string): Promise<string[]> {
  const options = field.options ?? {};
  const user = session()?.user;
  const found: string[] = [];
  if (options['mark_time'] === true) found.push(dayjs().format('YYYY-MM-DD HH:mm:ss'));
  if (options['mark_user'] === true && user !== undefined) found.push(user.name ?? user.username);
  if (options['mark_place'] === true) found.push(await place(nowhere));
  const text = options['mark_text'];
  if (typeof text === 'string' && text !== '') found.push(text);
  return found;
}

/** Where the device is; a word for it where that is not told. */
function place(nowhere: string): Promise<string> {
  // Typed as always there, but absent outside of secure contexts.
  const geolocation = navigator.geolocation as Geolocation | undefined;
  if (geolocation === undefined) return Promise.resolve(nowhere);
  return new Promise((resolve) => {
    geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve(
          `${coords.longitude.toFixed(6)}, ${coords.latitude.toFixed(6)} (±${Math.round(coords.accuracy)} m)`,
        ),
      () => resolve(nowhere),
      { timeout: PATIENCE, maximumAge: 60_000, enableHighAccuracy: true },
    );
  });
}
