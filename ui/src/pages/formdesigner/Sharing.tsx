import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, QRCode, Switch } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { copyText } from '../../components/clipboard';
import { Icon } from '../../components/Icon';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import type { FormField } from '../../forms/model';
import type { FormLink, FormLinkMade } from '../public/calls';
import { listLinks, putLink } from '../public/calls';
import '../public/public.css';
import { NewLink } from './NewLink';

interface SharingProps {
  app: string;
  form: string;
  /** The fields of the version in force. */
  fields: readonly FormField[];
  roles: readonly { code: string; name: string }[];
}

/** The public links of a form: who has one fills the form in without signing in. */
export function Sharing({ app, form, fields, roles }: SharingProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<FormLinkMade | null>(null);
  const queryKey = ['form-links', app, form];
  const found = useQuery({ queryKey, queryFn: ({ signal }) => listLinks(app, form, signal) });
  const again = () => void queries.invalidateQueries({ queryKey });
  const turn = useMutation({
    mutationFn: (one: FormLink) => putLink(app, form, one, { active: !one.active }),
    onSettled: again,
  });
  const links = found.data?.links ?? [];
  return (
    <section className="card share" aria-label={t('public.share.title')}>
      <div className="share-head">
        <div>
          <h2>{t('public.share.title')}</h2>
          <p className="hint">{t('public.share.how')}</p>
        </div>
        <Button icon={<Icon name="plus" size={16} />} onClick={() => setAdding(true)}>
          {t('public.share.add')}
        </Button>
      </div>
      <ProblemAlert problem={found.error ?? turn.error} />
      {found.isSuccess && links.length === 0 && <p className="muted">{t('public.share.none')}</p>}
      <ul>
        {links.map((one) => (
          <li key={one.id} className="share-link">
            <Switch
              checked={one.active}
              loading={turn.isPending && turn.variables.id === one.id}
              aria-label={t('public.share.onOff', { name: one.name })}
              onChange={() => turn.mutate(one)}
            />
            <b>{one.name}</b>
            <span className="hint">
              {one.most === null
                ? t('public.share.used', { count: one.used })
                : t('public.share.usedOf', { count: one.used, most: one.most })}
              {one.expires_at !== null &&
                ` · ${t('public.share.until', { day: dayjs(one.expires_at).format('YYYY-MM-DD') })}`}
            </span>
            <Tag tone={one.open ? 'green' : 'grey'}>
              {t(one.open ? 'public.share.open' : 'public.share.closed')}
            </Tag>
          </li>
        ))}
      </ul>
      {adding && (
        <NewLink
          app={app}
          form={form}
          fields={fields}
          roles={roles}
          onClose={() => setAdding(false)}
          onMade={(link) => {
            setAdding(false);
            setMade(link);
            again();
          }}
        />
      )}
      {made !== null && <Made link={made} onClose={() => setMade(null)} />}
    </section>
  );
}

/** The address of a new link, shown this once. */
function Made({ link, onClose }: { link: FormLinkMade; onClose: () => void }) {
  const { t } = useTranslation();
  const url = `${location.origin}${link.path}`;
  return (
    <Modal
      open
      title={t('public.share.made')}
      onCancel={onClose}
      footer={
        <Button type="primary" onClick={onClose}>
          {t('done')}
        </Button>
      }
    >
      <div className="share-made">
        <QRCode value={url} size={160} bordered={false} />
        <div className="stack">
          <code className="mono share-url" data-testid="public-link">
            {url}
          </code>
          <Button icon={<Icon name="copy" size={16} />} onClick={() => void copyText(url)}>
            {t('public.share.copy')}
          </Button>
          <p className="hint">{t('public.share.madeHow')}</p>
        </div>
      </div>
    </Modal>
  );
}
