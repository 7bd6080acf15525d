import type { TableProps } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Code } from '../../components/Code';
import { Tag } from '../../components/Tags';
import type { PrintedLabel } from '../../printing/calls';
import { LABEL_TONES } from '../../printing/states';

/** The columns of the print log. */
export function useLogColumns(): NonNullable<TableProps<PrintedLabel>['columns']> {
  const { t } = useTranslation();
  return [
    {
      title: t('code'),
      key: 'code',
      fixed: 'left',
      render: (_, row) =>
        row.item === null ? (
          <span className="mono">{row.code === '' ? row.record : row.code}</span>
        ) : (
          <Link to={`/items/${encodeURIComponent(row.item)}`}>
            <Code value={row.code} copy={false} />
          </Link>
        ),
    },
    {
      title: t('printing.label'),
      key: 'label',
      render: (_, row) => (
        <>
          {row.label} <span className="hint">v{row.version}</span>
        </>
      ),
    },
    {
      title: t('printing.printer'),
      key: 'printer',
      render: (_, row) => <span className="mono">{row.printer}</span>,
    },
    {
      title: t('state_'),
      key: 'state',
      render: (_, row) =>
        row.void_at === null ? (
          <Tag tone={LABEL_TONES[row.state]}>{t(`printing.labelState.${row.state}`)}</Tag>
        ) : (
          <span className="row">
            <Tag tone="red">{t('printing.voided')}</Tag>
            <span className="hint">
              {row.void_reason === 'relabelled' ? t('printing.relabelled') : row.void_reason}
            </span>
          </span>
        ),
    },
    {
      title: t('printing.reprint'),
      key: 'reprint',
      render: (_, row) =>
        row.reprint ? (
          <span className="row">
            <Tag tone="amber">{t('printing.reprint')}</Tag> {row.reason}
          </span>
        ) : (
          <span className="muted">–</span>
        ),
    },
    { title: t('printing.who'), dataIndex: 'user' },
    {
      title: t('printing.at'),
      key: 'at',
      render: (_, row) => (
        <span className="mono">{dayjs(row.printed_at ?? row.created_at).format('YYYY-MM-DD HH:mm:ss')}</span>
      ),
    },
  ];
}
