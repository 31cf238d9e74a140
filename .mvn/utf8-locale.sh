# Sourced by ./lab and ./mvnw: has the JVM, and what it starts, take names for UTF-8. A JVM decodes and
# encodes file names, arguments and variables as its locale says, in C and POSIX as ASCII: what is not
# ASCII is lost then, and -Dsun.jnu.encoding does not help, as the launcher sets it. POSIX sh.
# A locale that this machine lacks makes `locale` complain, and counts in a JVM as C.
utf8_locale() {
  if [ "$(locale charmap 2>&1)" != UTF-8 ]; then
    LANGUAGE=${LC_ALL:-${LC_MESSAGES:-${LANG-}}} # what people read stays as it was: gettext asks this first
    LC_ALL=C.UTF-8
    export LANGUAGE LC_ALL
  fi
}
