import { useQuery } from '@tanstack/react-query';
import { Drawer, Select, Spin } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { useIsPhone } from '../../components/useIsPhone';
import type { Drawing, LifeCycle } from './calls';
import { getLifeCycle } from './calls';
import { DifferenceList } from './DifferenceList';

interface VersionsDrawerProps {
  open: boolean;
  cycle: LifeCycle;
  /** What is under construction; compared like a version. */
  draft: Drawing;
  changed: boolean;
  onClose: () => void;
}

const DRAFT = 0;

/** The versions of a life cycle, and what changed from one to another. */
export function VersionsDrawer({ open, cycle, draft, changed, onClose }: VersionsDrawerProps) {
  const { t } = useTranslation();
  const phone = useIsPhone();
  const last = changed ? DRAFT : cycle.version;
  const [chosen, choose] = useState<{ older?: number; newer?: number }>({});
  const newer = chosen.newer ?? last;
  const older = chosen.older ?? (newer === DRAFT ? cycle.version : Math.max(1, newer - 1));
  const options = [
    ...(changed ? [{ value: DRAFT, label: t('life_cycles.draft') }] : []),
    ...cycle.versions.map(({ version }) => ({ value: version, label: `v${version}` })),
  ];
  return (
    <Drawer
      open={open}
      onClose={onClose}
      title={t('life_cycles.versions')}
      placement={phone ? 'bottom' : 'right'}
      size={phone ? '92%' : 480}
    >
      <ul className="lc-versions">
        {changed && (
          <li>
            <Tag tone="amber">{t('life_cycles.draft')}</Tag>
            <span className="muted">{t('life_cycles.onlyHere')}</span>
          </li>
        )}
        {cycle.versions.map((one) => (
          <li key={one.version}>
            <Tag tone={one.version === cycle.version ? 'green' : 'grey'}>
              v{one.version} {one.version === cycle.version && t('life_cycles.inForce')}
            </Tag>
            <span className="grow">{one.created_by}</span>
            <time className="muted mono" dateTime={one.created_at}>
              {dayjs(one.created_at).format('YYYY-MM-DD HH:mm')}
            </time>
          </li>
        ))}
      </ul>
      <div className="row lc-compare">
        <b>{t('life_cycles.compare')}</b>
        <Select
          aria-label={t('life_cycles.older')}
          value={older}
          options={options}
          onChange={(value) => choose({ ...chosen, older: value })}
        />
        <span aria-hidden="true">→</span>
        <Select
          aria-label={t('life_cycles.newer')}
          value={newer}
          options={options}
          onChange={(value) => choose({ ...chosen, newer: value })}
        />
      </div>
      {open && <Compared code={cycle.code} older={older} newer={newer} cycle={cycle} draft={draft} />}
    </Drawer>
  );
}

interface ComparedProps {
  code: string;
  older: number;
  newer: number;
  cycle: LifeCycle;
  draft: Drawing;
}

function Compared({ code, older, newer, cycle, draft }: ComparedProps) {
  const one = useVersion(code, older, draft);
  const other = useVersion(code, newer, draft);
  const error = one.error ?? other.error;
  if (error !== null) return <ProblemAlert problem={error} />;
  if (one.drawing === undefined || other.drawing === undefined) return <Spin />;
  return <DifferenceList older={one.drawing} newer={other.drawing} rows={cycle.matrix} />;
}

function useVersion(code: string, version: number, draft: Drawing) {
  const { data, error } = useQuery({
    queryKey: ['life_cycles', code, version],
    queryFn: ({ signal }) => getLifeCycle(code, version, signal),
    enabled: version !== DRAFT,
    staleTime: Infinity,
  });
  return { drawing: version === DRAFT ? draft : data, error: version === DRAFT ? null : error };
}
