#!/bin/sh
# Chromium for the browser tests of the review page: through apt, on a Debian-like machine, as root. Elsewhere
# those tests are skipped with a reason, so this never fails.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "installing Chromium and fonts for the browser tests"
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -qq -y --no-install-recommends chromium fonts-noto-cjk >/dev/null && exit 0
fi
echo "no Chromium: the browser tests will be skipped (on Debian, run this as root: $0)" >&2
exit 0
