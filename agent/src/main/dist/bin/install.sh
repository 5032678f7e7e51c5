#!/bin/sh
# Installs the unpacked agent on a server: install.sh [DESTDIR]
# Registering and starting it is up to the caller: burnish-agent register …; systemctl enable --now chroma-agent
set -e
dest=$1
home=$(dirname "$(dirname "$(readlink -f "$0")")")
mkdir -p "$dest/usr/lib" "$dest/usr/sbin" "$dest/etc/systemd/system" "$dest/usr/lib/ocf/resource.d/chroma" "$dest/var/lib/chroma"
chmod 0700 "$dest/var/lib/chroma"
if [ "$home" != "$dest/usr/lib/burnish-agent" ]; then
    # aside first: a running agent keeps its files, and a failed copy leaves the old ones
    rm -rf "$dest/usr/lib/burnish-agent.new" "$dest/usr/lib/burnish-agent.old"
    cp -R "$home" "$dest/usr/lib/burnish-agent.new"
    [ ! -e "$dest/usr/lib/burnish-agent" ] || mv "$dest/usr/lib/burnish-agent" "$dest/usr/lib/burnish-agent.old"
    mv "$dest/usr/lib/burnish-agent.new" "$dest/usr/lib/burnish-agent"
    rm -rf "$dest/usr/lib/burnish-agent.old"
fi
ln -sf /usr/lib/burnish-agent/bin/burnish-agent "$dest/usr/sbin/burnish-agent"
ln -sf /usr/lib/burnish-agent/bin/fence_chroma "$dest/usr/sbin/fence_chroma"
ln -sf /usr/lib/burnish-agent/cluster/Target "$dest/usr/lib/ocf/resource.d/chroma/Target"
cp "$home/cluster/chroma-agent.service" "$dest/etc/systemd/system/chroma-agent.service"
[ -n "$dest" ] || systemctl daemon-reload || true
