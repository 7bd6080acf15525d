import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Button, DatePicker, Input } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../api/session';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { getPeriod, putPeriod } from './calls';

/** Closing of periods (关账): before that moment nothing can be entered any more. */
export function PeriodCard() {
  const { t } = useTranslation();
  const may = useMay();
  const { message } = App.useApp();
  const queries = useQueryClient();
  const period = useQuery({ queryKey: ['ledger', 'period'], queryFn: ({ signal }) => getPeriod(signal) });
  const [day, setDay] = useState<dayjs.Dayjs | null>(null);
  const [reason, setReason] = useState('');
  const until = period.data?.closed_until ?? null;
  // The chosen day is closed as a whole.
  const wanted = day === null ? null : day.add(1, 'day').startOf('day');
  const reopens = until !== null && wanted?.isBefore(dayjs(until)) === true;
  const change = useMutation({
    mutationFn: () => putPeriod(wanted === null ? null : wanted.format(), reason.trim()),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['ledger', 'period'] });
      void message.success(t('saved'));
      setDay(null);
      setReason('');
    },
  });
  return (
    <section className="card" aria-label={t('ledger.period')}>
      <div className="card-head">
        <h2>{t('ledger.period')}</h2>
      </div>
      <div className="ledger-body">
        <p className="row">
          <Icon name="lock" size={16} />
          {until === null
            ? t('ledger.periodOpen')
            : t('ledger.closedUntil', { day: dayjs(until).subtract(1, 'second').format('YYYY-MM-DD') })}
        </p>
        {period.data?.by != null && (
          <p className="hint">
            {t('ledger.closedBy', {
              who: period.data.by,
              at: dayjs(period.data.at).format('YYYY-MM-DD HH:mm'),
            })}
          </p>
        )}
        {may('ledger.close_period') && (
          <form
            className="row"
            onSubmit={(event) => {
              event.preventDefault();
              change.mutate();
            }}
          >
            <DatePicker
              value={day}
              maxDate={dayjs()}
              aria-label={t('ledger.closeDay')}
              placeholder={t('ledger.closeDay')}
              onChange={(value: dayjs.Dayjs | null) => setDay(value)}
            />
            {reopens && (
              <Input
                value={reason}
                aria-label={t('ledger.reopenReason')}
                placeholder={t('ledger.reopenReason')}
                onChange={(event) => setReason(event.target.value)}
                className="ledger-reason"
              />
            )}
            <Button
              htmlType="submit"
              danger={reopens}
              disabled={wanted === null || (reopens && reason.trim() === '')}
              loading={change.isPending}
            >
              {t(reopens ? 'ledger.reopen' : 'ledger.closePeriod')}
            </Button>
          </form>
        )}
        <ProblemAlert problem={change.error ?? period.error} />
        <p className="hint">{t('ledger.periodHow')}</p>
      </div>
    </section>
  );
}
