import posix from 'path-browserify';

export default posix;
