# setup: what quickstart and run-tests share: Debian packages, configuring, building.
#
# Sourced by bash, with the working directory at the checkout's root. Messages go to standard
# error. This is the one place that lists packages.

packages_build=(
    gcc libc6-dev            # the compiler
    gettext                  # the catalogues of messages
    meson ninja-build pkgconf
    libcairo2-dev            # pictures of pages (a module)
    libcmark-gfm-dev libcmark-gfm-extensions-dev
    libdeflate-dev           # compression of PDF streams
    libfontconfig-dev
    libfreetype-dev
    libharfbuzz-dev
    libhyphen-dev hyphen-en-us # hyphenation
    libidn2-dev              # host names in links
    libjson-c-dev            # the manifest of a batch
    libjpeg62-turbo-dev liblcms2-dev libpng-dev # images
    librsvg2-dev             # SVG images (a module)
    libqpdf-dev              # linearised PDFs (a module)
    libpango1.0-dev          # break attributes
    libpoppler-glib-dev      # import of PDF (a module)
    libyaml-dev
    fonts-arphic-ukai        # kai
    fonts-hanazono           # rare Han: extensions A to F
    fonts-liberation         # Latin
    fonts-noto-cjk           # song and hei, Regular and Bold
    fonts-symbola            # signs, emoji in black and white
)
packages_long=( # for ./run-tests --long: tests/package
    debhelper debootstrap dpkg-dev fakeroot lintian
)
packages_tests=(
    groff-base               # man pages without a mistake
    clang libcmocka-dev python3
    libclang-rt-14-dev libqpdf-dev # fuzz targets: sanitizers of clang, PDFs read back
    mupdf-tools poppler-utils qpdf # read the PDFs back
    parallel                 # an example of the documentation
    strace                   # the system calls of a render
    unicode-data             # Unicode's own tests of borders
    valgrind                 # instruction counts
)

say() {
    printf '%s\n' "$*" >&2
}

# Print those of the named packages that are not installed.
packages_missing() {
    local name
    for name; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null)" = installed ] ||
            printf '%s\n' "$name"
    done
}

# Install the named packages that are missing; without root, say which.
packages_install() {
    local missing as_root=()
    if ! command -v dpkg-query >/dev/null; then
        say "this is not Debian: install the equivalents of: $*"
        return 1
    fi
    mapfile -t missing < <(packages_missing "$@")
    [ "${#missing[@]}" -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        if ! sudo -n true 2>/dev/null; then
            say "these Debian packages are missing; as root, run:"
            say "  apt-get install --no-install-recommends ${missing[*]}"
            return 1
        fi
        as_root=(sudo -n)
    fi
    say "installing: ${missing[*]}"
    apt_get() {
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=a \
            apt-get -q -y -o DPkg::Lock::Timeout=600 "$@" </dev/null >&2
    }
    apt_get update && apt_get install --no-install-recommends "${missing[@]}"
}

# configure FOLDER COMPILER OPTION…: set up a build folder. One with other options, or that
# belongs to another place (the checkout was moved), is made anew.
configure() {
    local folder=$1 compiler=$2 wanted
    shift 2
    wanted="$compiler $PWD $*"
    [ -f "$folder/build.ninja" ] && [ "$(cat "$folder/setup.txt" 2>/dev/null)" = "$wanted" ] &&
        return 0
    rm -rf -- "$folder"
    CC=$compiler meson setup "$folder" "$@" >&2 || return 1
    printf '%s\n' "$wanted" >"$folder/setup.txt"
}
