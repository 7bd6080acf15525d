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
  const { app, form } = useDesk();
  const versions = useQuery({
    queryKey: ['form-design', 'versions', app, form.code, saving.inForce.version],
    queryFn: ({ signal }) => getVersions(app, form.code, signal),
    enabled: open,
  });
  const restore = useMutation({
    mutationFn: (version: number) => restoreVersion(app, form.code, version),
    onSuccess: onRestored,
  });
  return (
    <Drawer open={open} onClose={onClose} title={t('formdesigner.versions')} size={420}>
      <p className="hint">{t('formdesigner.versionsHelp')}</p>
      <ProblemAlert problem={versions.error ?? restore.error} />
      {versions.isPending && <Skeleton active />}
      {versions.data?.versions.length === 0 && <p className="muted">{t('formdesigner.noVersions')}</p>}
      <ul className="fd-versions">
        {versions.data?.versions.map((one) => (
          <li key={one.version}>
            <Tag tone={one.version === saving.inForce.version ? 'green' : 'grey'}>v{one.version}</Tag>
            <span className="grow">
              <span>{one.note === '' ? t('formdesigner.noNote') : one.note}</span>
              <span className="hint">
                {one.created_by}{' '}
                <time dateTime={one.created_at}>{dayjs(one.created_at).format('YYYY-MM-DD HH:mm')}</time>
              </span>
            </span>
            <Popconfirm
              title={t('formdesigner.restoreAsk', { version: one.version })}
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
                {t('formdesigner.restore')}
              </Button>
            </Popconfirm>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}
