#!/usr/bin/env bash
# What building, running and testing Astra needs on Debian 12 or later and on Ubuntu 22.04 or
# later. Installs only what is missing, with sudo when not root.
#
#   installers/linux/prerequisites.sh          what building and running needs
#   installers/linux/prerequisites.sh --test   and what the tests need beside it
set -euo pipefail

packages=(build-essential cmake pkg-config ffmpeg)
if [ "${1:-}" = "--test" ]; then
    # LibreOffice opens the Word documents, poppler reads the text of the pages it prints; the tests
    # look for processes with ps, and the licence check is a Python package.
    packages+=(libreoffice-writer-nogui poppler-utils fonts-dejavu-core procps python3-venv)
fi

missing=()
for package in "${packages[@]}"; do
    if [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)" != "installed" ]; then
        missing+=("$package")
    fi
done
if [ ${#missing[@]} -eq 0 ]; then
    exit 0
fi

administrator=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Install these packages as administrator and try again: ${missing[*]}" >&2
        exit 1
    fi
    administrator=(sudo)
fi
echo "Installing ${missing[*]}" >&2
"${administrator[@]}" apt-get update -qq
"${administrator[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "${missing[@]}"
