import { useQueryClient } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { http } from '../../api/http';
import type { LifeEvent } from '../../api/items';
import { useMay } from '../../api/session';
import { DeleteButton } from '../../components/DeleteButton';

/** The personal data of an event, which may be erased for good without a proof losing its force. */
export function Personal({ event }: { event: LifeEvent }) {
  const { t } = useTranslation();
  const may = useMay();
  const queries = useQueryClient();
  const erased = event.data['personal_erased_at'];
  const personal = event.data['personal'];
  if (typeof erased === 'string') {
    return (
      <p className="event-personal muted">
        {t('life.personal.erased', { at: dayjs(erased).format('YYYY-MM-DD HH:mm') })}
      </p>
    );
  }
  if (typeof personal !== 'object' || personal === null) return null;
  return (
    <section className="event-personal" aria-label={t('life.personal.title')}>
      <p>
        <b>{t('life.personal.title')}</b> <span className="hint">{t('life.personal.how')}</span>
      </p>
      <dl>
        {Object.entries(personal).map(([name, value]) => (
          <div key={name}>
            <dt>{t(`life.personal.field.${name}`, { defaultValue: name })}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
      {may('ledger.erase') && (
        <DeleteButton
          size="small"
          name={String(event.event)}
          word={t('life.personal.erase')}
          title={t('life.personal.eraseTitle', { event: event.event })}
          done={t('life.personal.done')}
          consequence={t('life.personal.consequence')}
          onDelete={() => http.delete(`/events/${event.event}/personal`)}
          onDeleted={() => void queries.invalidateQueries({ queryKey: ['life'] })}
        />
      )}
    </section>
  );
}
