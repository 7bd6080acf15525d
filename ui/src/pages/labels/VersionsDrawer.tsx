import { useMutation, useQuery } from '@tanstack/react-query';
import { Button, Drawer, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import type { Template } from '../../labels/template';
import { getLabel, getVersions } from './calls';
import { Thumbnail } from './Thumbnail';

interface VersionsDrawerProps {
  code: string;
  open: boolean;
  published: number | null;
  may: boolean;
  onRestore: (template: Template) => void;
  onClose: () => void;
}

/** All versions that were ever published, with their picture; any of them can be taken up again. */
export function VersionsDrawer({ code, open, published, may, onRestore, onClose }: VersionsDrawerProps) {
  const { t } = useTranslation();
  const versions = useQuery({
    queryKey: ['labels', 'versions', code],
    queryFn: ({ signal }) => getVersions(code, signal),
    enabled: open,
  });
  const restore = useMutation({
    mutationFn: (version: number) => getLabel(code, version),
    onSuccess: ({ template }) => {
      onRestore(template);
      onClose();
    },
  });
  return (
    <Drawer open={open} onClose={onClose} title={t('labels.versions')} size={420}>
      <p className="hint">{t('labels.versionsHelp')}</p>
      <ProblemAlert problem={versions.error} />
      {versions.isPending && <Skeleton active />}
      {versions.data?.versions.length === 0 && <p className="muted">{t('labels.noVersions')}</p>}
      <ul className="ld-versions">
        {versions.data?.versions.map((one) => (
          <li key={one.version}>
            <VersionPicture code={code} version={one.version} />
            <span className="grow">
              <Tag tone={one.version === published ? 'green' : 'grey'}>v{one.version}</Tag>
              {one.note !== '' && <span>{one.note}</span>}
              <span className="hint">
                {one.created_by}{' '}
                <time dateTime={one.created_at}>{dayjs(one.created_at).format('YYYY-MM-DD HH:mm')}</time>
              </span>
            </span>
            <Button
              size="small"
              disabled={!may}
              loading={restore.isPending && restore.variables === one.version}
              onClick={() => restore.mutate(one.version)}
            >
              {t('labels.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Drawer>
  );
}

function VersionPicture({ code, version }: { code: string; version: number }) {
  const { data } = useQuery({
    queryKey: ['labels', 'version', code, version],
    queryFn: ({ signal }) => getLabel(code, version, signal),
    staleTime: Infinity,
  });
  if (data === undefined) return <span className="label-thumb ld-version-wait" />;
  return <Thumbnail name={`${code} v${version}`} template={data.template} />;
}
