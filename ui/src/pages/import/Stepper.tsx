import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../components/Icon';

const STEPS = ['template', 'upload', 'check', 'result'] as const;

/** Where the import is: 下载模板 上传文件 对应列与检查 结果. */
export function Stepper({ step, children }: { step: number; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="card stepper">
      <ol aria-label={t('import.steps')}>
        {STEPS.map((name, index) => {
          const state = index < step ? 'done' : index === step ? 'here' : 'later';
          return (
            <li
              key={name}
              className={`step step-${state}`}
              aria-current={state === 'here' ? 'step' : undefined}
            >
              <span className="step-number number">
                {state === 'done' ? <Icon name="check" size={14} /> : index + 1}
              </span>
              {t(`import.step.${name}`)}
            </li>
          );
        })}
      </ol>
      {children}
    </div>
  );
}
