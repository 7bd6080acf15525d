import { useTranslation } from 'react-i18next';

interface PhrasesProps {
  /** Those of the node; some of everyday where it has none. */
  phrases: readonly string[];
  comment: string;
  onChange: (comment: string) => void;
}

/** Usual phrases (常用语): a touch puts one into the comment, another takes it out. */
export function Phrases({ phrases, comment, onChange }: PhrasesProps) {
  const { t } = useTranslation();
  const shown = phrases.length > 0 ? phrases : [t('tasks.phrase.one'), t('tasks.phrase.two')];
  return (
    <div className="task-phrases">
      {shown.map((one) => {
        const on = comment.includes(one);
        const put = () => {
          if (on)
            onChange(
              comment
                .replace(one, '')
                .replace(/^；|；$/g, '')
                .trim(),
            );
          else onChange(comment.trim() === '' ? one : `${comment.trim()}；${one}`);
        };
        return (
          <button key={one} type="button" className="task-phrase" aria-pressed={on} onClick={put}>
            {one}
          </button>
        );
      })}
    </div>
  );
}
