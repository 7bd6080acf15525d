import dayjs from 'dayjs';
import type { TFunction } from 'i18next';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long something takes, in at most two units: 4 小时 31 分. */
export function span(ms: number, t: TFunction): string {
  if (ms < MINUTE) return t('flows.moment');
  const days = Math.floor(ms / DAY);
  const hours = Math.floor((ms % DAY) / HOUR);
  const minutes = Math.floor((ms % HOUR) / MINUTE);
  const parts = [
    days > 0 ? t('flows.days', { count: days }) : '',
    hours > 0 ? t('flows.hours', { count: hours }) : '',
    minutes > 0 && days === 0 ? t('flows.minutes', { count: minutes }) : '',
  ];
  return parts.filter((one) => one !== '').join(' ');
}

/** A moment as people say it: the time of today, else the day, with the year where it is another. */
export function moment(at: string, t: TFunction, now: number = Date.now()): string {
  const [time, today] = [dayjs(at), dayjs(now)];
  const days = time.startOf('day').diff(today.startOf('day'), 'day');
  const clock = time.format('HH:mm');
  if (days === 0) return t('tasks.today', { time: clock });
  if (days === 1) return t('tasks.tomorrow', { time: clock });
  if (days === -1) return t('tasks.yesterday', { time: clock });
  return time.format(time.year() === today.year() ? 'MM-DD HH:mm' : 'YYYY-MM-DD HH:mm');
}

/** Until when something is to be done, and whether that is over. */
export function due(at: string, t: TFunction, now: number = Date.now()): { late: boolean; text: string } {
  const ms = dayjs(at).valueOf() - now;
  if (ms < 0) return { late: true, text: t('tasks.late', { time: span(-ms, t) }) };
  return { late: false, text: t('tasks.before', { time: moment(at, t, now) }) };
}
