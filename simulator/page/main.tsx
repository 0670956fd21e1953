import { render } from 'preact';
import { App } from './app.tsx';
import { connect } from './wire.ts';

const page = document.getElementById('page');
if (page) {
  render(<App />, page);
  connect();
}
