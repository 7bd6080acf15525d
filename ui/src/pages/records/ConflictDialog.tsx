import { useQuery } from '@tanstack/react-query';
import { Button, Modal, Spin } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../components/ProblemAlert';
import { Tag } from '../../components/Tags';
import type { FormInfo, FormRecord } from '../../forms/calls';
import { getHistory, getRecord, useKinds } from '../../forms/calls';
import { fieldsOf } from '../../forms/controls';
import type { Values } from '../../forms/model';
import { ShowValue } from '../../forms/ShowValue';
import { DifferenceList } from './DifferenceList';

interface ConflictDialogProps {
  app: string;
  form: FormInfo;
  /** The version that my changes began on. */
  base: FormRecord;
  /** My changes, by the codes of the fields. */
  mine: Values;
  /** Go on with my changes on top of what is there now. */
  onKeep: (latest: FormRecord) => void;
  /** Give my changes up. */
  onDiscard: () => void;
  onClose: () => void;
}

/** Somebody was faster: who changed what, beside what I changed. */
export function ConflictDialog(props: ConflictDialogProps) {
  const { app, form, base, mine, onKeep, onDiscard, onClose } = props;
  const { t } = useTranslation();
  const kinds = useKinds();
  const fields = fieldsOf(form.fields, kinds);
  const { data, error, isPending } = useQuery({
    queryKey: ['records', app, form.code, 'conflict', base.id, base.version],
    queryFn: async ({ signal }) => ({
      latest: await getRecord(app, form.code, base.id, signal),
      theirs: (await getHistory(app, form.code, base.id, signal)).filter((one) => one.version > base.version),
    }),
    gcTime: 0,
    retry: false,
  });
  const touched = new Set(data?.theirs.flatMap((one) => Object.keys(one.fields)));
  return (
    <Modal
      open
      width={640}
      title={t('records.conflict.title')}
      onCancel={onClose}
      footer={[
        <Button key="discard" danger onClick={onDiscard}>
          {t('records.conflict.discard')}
        </Button>,
        <Button
          key="keep"
          type="primary"
          disabled={data === undefined}
          onClick={() => data !== undefined && onKeep(data.latest)}
        >
          {t('records.conflict.keep')}
        </Button>,
      ]}
    >
      {isPending && <Spin className="table-wait" />}
      <ProblemAlert problem={error} />
      {data !== undefined && (
        <div className="stack">
          {data.theirs.map((one) => (
            <section key={one.version}>
              <p className="row">
                <b>{t('records.conflict.they', { by: one.by })}</b>
                <span className="mono hint">{dayjs(one.at).format('YYYY-MM-DD HH:mm:ss')}</span>
              </p>
              <DifferenceList changes={one.fields} fields={fields} />
            </section>
          ))}
          <section>
            <b>{t('records.conflict.mine')}</b>
            <dl className="record-differences">
              {fields
                .filter((one) => one.code in mine)
                .map((one) => (
                  <div key={one.id}>
                    <dt className="muted">
                      {one.title}{' '}
                      {touched.has(one.id) && <Tag tone="amber">{t('records.conflict.same')}</Tag>}
                    </dt>
                    <dd>
                      <ShowValue field={one} value={mine[one.code]} />
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        </div>
      )}
    </Modal>
  );
}
