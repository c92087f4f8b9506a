// Keeps a page that breaks from taking the frame along. React asks for a class here.
import { Component, type ReactNode } from 'react';
import { withTranslation, type WithTranslation } from 'react-i18next';
import { Button } from '../components/button.tsx';

interface Props extends WithTranslation {
  readonly children: ReactNode;
}

class Boundary extends Component<Props, { readonly hasFailed: boolean }> {
  override state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    const { t, children } = this.props;
    if (!this.state.hasFailed) return children;
    return (
      <div className="page">
        <div className="state state-error" role="alert">
          <p className="state-title">{t('states.broken')}</p>
          <p>{t('states.brokenHint')}</p>
          <Button
            onClick={() => {
              location.reload();
            }}
          >
            {t('states.reload')}
          </Button>
        </div>
      </div>
    );
  }
}

/** Shows what is below it, or that it broke, with the way out. */
export const ErrorBoundary = withTranslation()(Boundary);
