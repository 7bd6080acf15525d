import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Started } from './calls';

/** What was started, or runs there already, with the way to it. */
export function StartedLine({ one, big = false }: { one: Started; big?: boolean }) {
  const { t } = useTranslation();
  const number = one.id ?? one.running;
  if (number === null) {
    return (
      <span className="station-not">
        {one.name}：{one.problems.map((problem) => problem.message).join('；')}
      </span>
    );
  }
  return (
    <span className={big ? 'station-one station-one-big' : 'station-one'}>
      <span className="station-what">
        <b>{one.title === '' ? one.name : one.title}</b>
        <small>
          {one.title !== '' && one.name}
          {one.made && ` · ${t('station.made')}`}
        </small>
      </span>
      <Link className="station-go" to={one.task === null ? `/flows/${number}` : `/tasks/${one.task}`}>
        {t(one.task === null ? 'station.see' : 'station.go')} ›
      </Link>
    </span>
  );
}
