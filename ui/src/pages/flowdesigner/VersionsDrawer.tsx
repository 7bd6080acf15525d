import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Drawer, Popconfirm, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import { getVersions, restoreVersion } from './calls';
import { useDesk } from './desk';
import type { Saving } from './useSaving';

interface VersionsDrawerProps {
  open: boolean;
  saving: Saving;
  onRestored: () => void;
  onClose: () => void;
}

/** All versions that were ever published; any of them can be drawn again. */
export function VersionsDrawer({ open, saving, onRestored, onClose }: VersionsDrawerProps) {
  const { t } = useTranslation();
  const { app, flow } = useDesk();
  const versions = useQuery({
    queryKey: ['flow-design', app, flow, 'versions', saving.version],
    queryFn: ({ signal }) => getVersions(app, flow, signal),
    enabled: open,
  });
  const restore = useMutation({
    mutationFn: (version: number) => restoreVersion(app, flow, version),
    onSuccess: onRestored,
  });
  return (
    <Drawer open={open} onClose={onClose} title={t('flowdesigner.versions')} size={420}>
      <p className="hint">{t('flowdesigner.versionsHelp')}</p>
      <ProblemAlert problem={versions.error ?? restore.error} />
      {versions.isPending && <Skeleton active />}
      {versions.data?.versions.length === 0 && <p className="muted">{t('flowdesigner.noVersions')}</p>}
      <ul className="fw-versions">
        {versions.data?.versions.map((one) => (
          <li key={one.version}>
            <Tag tone={one.version === saving.version ? 'green' : 'grey'}>v{one.version}</Tag>
            <span className="grow">
              <span>{one.note === '' ? t('flowdesigner.noNote') : one.note}</span>
              <span className="hint">
                {one.created_by}{' '}
                <time dateTime={one.created_at}>{dayjs(one.created_at).format('YYYY-MM-DD HH:mm')}</time>
                {(saving.running[String(one.version)] ?? 0) > 0 &&
                  ` · ${t('flowdesigner.stillRunning', { count: saving.running[String(one.version)] })}`}
              </span>
            </span>
            <Popconfirm
              title={t('flowdesigner.restoreAsk', { version: one.version })}
              disabled={!saving.draft}
              onConfirm={() => restore.mutate(one.version)}
            >
              <Button
                size="small"
                loading={restore.isPending && restore.variables === one.version}
                onClick={() => {
                  if (!saving.draft) restore.mutate(one.version);
                }}
              >
                {t('flowdesigner.restore')}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
