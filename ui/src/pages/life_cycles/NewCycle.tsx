import { Form, Input, Modal, Select } from 'antd';
import { useTranslation } from 'react-i18next';

interface Start {
  code: string;
  name: string;
  copy: string;
}

interface NewCycleProps {
  open: boolean;
  cycles: { code: string; name: string }[];
  onStart: (start: Start) => void;
  onClose: () => void;
}

/** Begin a new life cycle as a copy of one that is there. */
export function NewCycle({ open, cycles, onStart, onClose }: NewCycleProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<Start>();
  return (
    <Modal
      open={open}
      title={t('life_cycles.new')}
      okText={t('life_cycles.startDrawing')}
      cancelText={t('cancel')}
      onCancel={onClose}
      onOk={() => form.submit()}
      destroyOnHidden
    >
      <Form
        form={form}
        layout="vertical"
        onFinish={onStart}
        initialValues={{ copy: cycles[0]?.code }}
        preserve={false}
      >
        <Form.Item
          name="name"
          label={t('name')}
          rules={[{ required: true, message: t('required', { field: t('name') }) }]}
        >
          <Input autoFocus placeholder={t('life_cycles.nameExample')} />
        </Form.Item>
        <Form.Item
          name="code"
          label={t('code')}
          rules={[
            { required: true, message: t('required', { field: t('code') }) },
            {
              validator: (_, value: string) =>
                cycles.some((one) => one.code === value)
                  ? Promise.reject(new Error(t('life_cycles.codeTaken')))
                  : Promise.resolve(),
            },
          ]}
        >
          <Input className="mono" placeholder="devices" />
        </Form.Item>
        <Form.Item name="copy" label={t('life_cycles.copyOf')}>
          <Select options={cycles.map((one) => ({ value: one.code, label: one.name }))} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
