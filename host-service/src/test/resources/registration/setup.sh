#!/bin/sh
# Installs and registers the Burnish agent: profile base_managed_rh7, manager https://manager.lab:443/
set -e
umask 077
manager='https://manager.lab:443/'
secret='0123456789ABCDEF0123456789ABCDEF'
state=/var/lib/chroma
# certificates need a clock that is about right
date -s '@1700000000' >/dev/null 2>&1 || true
mkdir -p "$state"
cat > "$state/manager.crt" <<'END_OF_AUTHORITY'
-----BEGIN CERTIFICATE-----
MIIB$HOME`x`
-----END CERTIFICATE-----
END_OF_AUTHORITY
cat > "$state/profile.json" <<'END_OF_PROFILE'
{"name":"base_managed_rh7","ui_description":"it's $HOME `and` \"more\""}
END_OF_PROFILE
# an agent of an earlier registration must not speak with the new identity half made
systemctl stop chroma-agent >/dev/null 2>&1 || true
rm -rf "$state/package"
mkdir -p "$state/package"
curl -sSf --cacert "$state/manager.crt" -o "$state/package/agent.tar.gz" "${manager}agent/package/$secret/burnish-agent.tar.gz"
tar xzf "$state/package/agent.tar.gz" -C "$state/package"
# the programs are for everybody, the keys are not
umask 022
sh "$state/package/burnish-agent/bin/install.sh" >&2
umask 077
rm -rf "$state/package"
repositories=/etc/yum.repos.d/Intel-Lustre-Agent.repo
cat > "$repositories" <<'END_OF_REPOSITORIES'
[lustre]
baseurl=https://packages.lab/lustre/$releasever/
sslcacert = /var/lib/chroma/authority.crt
END_OF_REPOSITORIES
chmod 644 "$repositories"
/usr/sbin/burnish-agent register --url "$manager" --secret "$secret" --ca-file "$state/manager.crt" --profile "$state/profile.json" > "$state/registered.json"
systemctl enable chroma-agent >&2
systemctl restart chroma-agent >&2
cat "$state/registered.json"
