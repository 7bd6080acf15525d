import { useMutation } from '@tanstack/react-query';
import { Button, Checkbox, DatePicker, Input, InputNumber, Modal, Select, Tooltip } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { useKinds } from '../../forms/calls';
import { isLayout } from '../../forms/controls';
import type { FormField } from '../../forms/model';
import type { FormLinkMade } from '../public/calls';
import { postLink } from '../public/calls';

interface NewLinkProps {
  app: string;
  form: string;
  fields: readonly FormField[];
  roles: readonly { code: string; name: string }[];
  onClose: () => void;
  onMade: (link: FormLinkMade) => void;
}

interface Choice {
  field: FormField;
  depth: number;
  names: boolean;
}

/** Make a public link: whose rights, which fields, until when, how many. */
export function NewLink({ app, form, fields, roles, onClose, onMade }: NewLinkProps) {
  const { t } = useTranslation();
  const kinds = useKinds();
  const all: Choice[] = [];
  const walk = (some: readonly FormField[], depth: number) => {
    for (const field of some) {
      const kind = kinds.get(field.kind);
      if (!isLayout(field.kind, kinds) && kind?.shareable === true) {
        all.push({ field, depth, names: kind.names });
      }
      walk(field.fields ?? [], isLayout(field.kind, kinds) ? depth : depth + 1);
    }
  };
  walk(fields, 0);
  const [name, setName] = useState('');
  const [role, setRole] = useState<string | null>(null);
  const [chosen, setShown] = useState<ReadonlySet<string> | null>(null);
  // Until somebody chooses: all that is typed rather than looked up.
  const shown = chosen ?? new Set(all.filter((one) => !one.names).map((one) => one.field.id));
  const [lookups, setLookups] = useState<ReadonlySet<string>>(new Set());
  const [until, setUntil] = useState<Dayjs | null>(null);
  const [most, setMost] = useState<number | null>(null);
  const [thanks, setThanks] = useState('');
  const making = useMutation({
    mutationFn: () =>
      postLink(app, form, {
        name,
        role: role ?? '',
        fields: [...shown],
        lookups: [...lookups].filter((id) => shown.has(id)),
        expires_at: until === null ? null : until.endOf('day').toISOString(),
        most,
        active: true,
        thanks,
      }),
    onSuccess: onMade,
  });
  const turned = (set: ReadonlySet<string>, id: string) => {
    const next = new Set(set);
    if (!next.delete(id)) next.add(id);
    return next;
  };
  return (
    <Modal
      open
      width={640}
      title={t('public.share.add')}
      onCancel={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            type="primary"
            disabled={name.trim() === '' || role === null || shown.size === 0}
            loading={making.isPending}
            onClick={() => making.mutate()}
          >
            {t('public.share.make')}
          </Button>
        </>
      }
    >
      <div className="share-form">
        <label>
          <span>{t('public.share.name')}</span>
          <Input value={name} maxLength={100} onChange={(event) => setName(event.target.value)} />
        </label>
        <label>
          <span>{t('public.share.role')}</span>
          <Select<string>
            value={role}
            aria-label={t('public.share.role')}
            options={roles.map((one) => ({ value: one.code, label: one.name }))}
            onChange={setRole}
          />
        </label>
        <div>
          <span>{t('public.share.fields')}</span>
          <div className="share-fields" role="group" aria-label={t('public.share.fields')}>
            {all.map(({ field, depth, names }) => (
              <div key={field.id} className="share-field" style={{ paddingInlineStart: depth * 24 }}>
                <Checkbox
                  checked={shown.has(field.id)}
                  onChange={() => {
                    setShown(turned(shown, field.id));
                    // A reference can only be shown where it may be looked up.
                    if (names && !shown.has(field.id)) setLookups(new Set([...lookups, field.id]));
                  }}
                >
                  {field.title}
                  {field.required === true && ' *'}
                </Checkbox>
                {names && shown.has(field.id) && (
                  <Tooltip title={t('public.share.lookupHow')}>
                    <span className="hint">{t('public.share.lookup')}</span>
                  </Tooltip>
                )}
              </div>
            ))}
          </div>
        </div>
        <div className="row">
          <label>
            <span>{t('public.share.expires')}</span>
            <DatePicker value={until} onChange={(day) => setUntil(day)} />
          </label>
          <label>
            <span>{t('public.share.most')}</span>
            <InputNumber<number>
              min={1}
              precision={0}
              value={most}
              placeholder={t('public.share.anyNumber')}
              onChange={setMost}
            />
          </label>
        </div>
        <label>
          <span>{t('public.share.thanksText')}</span>
          <Input.TextArea
            value={thanks}
            maxLength={1000}
            autoSize={{ minRows: 2, maxRows: 4 }}
            placeholder={t('public.thanks')}
            onChange={(event) => setThanks(event.target.value)}
          />
        </label>
        <ProblemAlert problem={making.error} />
      </div>
    </Modal>
  );
}
