# cache_dir: sets LAB_CACHE, the directory of downloads, images and AOT caches, for all of lab.
# Root runs what is in it, so no other user may be able to replace it: under sudo -E, HOME is that
# of a user.
cache_dir() {
  case ${XDG_CACHE_HOME:-} in
    /*) LAB_CACHE=$XDG_CACHE_HOME/lab ;;
    *) LAB_CACHE=${HOME:-/root}/.cache/lab ;;
  esac
  if [ "$(id -u)" = 0 ]; then
    # Without symbolic links, which could be redirected later.
    LAB_CACHE=$(readlink -m -- "$LAB_CACHE")
    only_root_writes "$LAB_CACHE" || LAB_CACHE=/var/cache/lab
  fi
  export LAB_CACHE
}

# only_root_writes DIR: whether DIR, as far as it exists, and its parents are root's alone. In a
# directory with the sticky bit, such as /tmp, other users cannot replace what is root's.
only_root_writes() {
  path=$1
  set -- /
  while [ "$path" ]; do
    [ ! -e "$path" ] || set -- "$@" "$path"
    path=${path%/*}
  done
  [ -z "$(find "$@" -maxdepth 0 \( ! -user 0 -o -perm /022 ! -perm -1000 \))" ]
}
