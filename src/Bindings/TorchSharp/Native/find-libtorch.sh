#!/usr/bin/env bash
# Finds the libtorch to compile and link against, and prints what a build needs to know, as KEY=VALUE lines:
#
#   source=LIBTORCH|python3|debian   where it was found
#   root=DIR                         the folder that was chosen
#   include=DIR                      header folders, a line each, in order
#   lib=DIR                          the folder of libtorch.so, libtorch_cpu.so and libc10.so
#   version=1.13.0                   from torch/version.h
#   std=c++17                        the C++ standard its headers ask for
#   abi=1                            the value for _GLIBCXX_USE_CXX11_ABI (wheels before 2.6 were built with 0)
#   cuda=0|1                         whether libtorch_cuda.so and libc10_cuda.so are there
#   watch=PATH                       what may change this answer, a line each: build.sh asks again when one of these does
#
# Looked at, in this order: the folder in $LIBTORCH (an unpacked libtorch, a site-packages/torch, or a prefix such as
# /usr); the torch package of the machine's python3 (found, not imported); Debian's libtorch-dev.
#
# Exit status: 0 found; 1 there is none; 2 there is one that cannot be used (broken LIBTORCH, too old).
set -euo pipefail

# The answer must not depend on the caller's folder (python3 and pyenv both look at it), so a relative LIBTORCH is
# made absolute first.
libtorch=${LIBTORCH:-}
if [[ -n $libtorch && $libtorch != /* ]]; then libtorch=$PWD/$libtorch; fi
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

watch=()

# Sets include_dir, lib_dir and version_header for the libtorch under a prefix; fails when it is not whole.
look_in() {
    local prefix=$1 folder
    include_dir=$prefix/include lib_dir='' version_header=''
    [[ -f $include_dir/ATen/ATen.h ]] || return 1
    # From 2.9 on the public header only includes the one that holds the numbers.
    for folder in torch/headeronly torch/csrc/api/include/torch; do
        if grep -qs 'define TORCH_VERSION_MAJOR' "$include_dir/$folder/version.h"; then
            version_header=$include_dir/$folder/version.h
            break
        fi
    done
    [[ -n $version_header ]] || return 1
    for folder in "$prefix/lib" "$prefix/lib/$(uname -m)-linux-gnu" "$prefix/lib64" "$prefix"/lib/*-linux-gnu*; do
        if [[ -e $folder/libtorch.so && -e $folder/libtorch_cpu.so && -e $folder/libc10.so ]]; then
            lib_dir=$folder
            return 0
        fi
    done
    return 1
}

version_number() { sed -n "s/^#define TORCH_VERSION_$1 \([0-9]*\).*/\1/p" "$version_header"; }

# Prints the answer for what look_in found.
answer() {
    local source=$1 prefix=$2 major minor patch std=c++17 abi=1 cuda=0
    major=$(version_number MAJOR) minor=$(version_number MINOR) patch=$(version_number PATCH)
    if ((major < 1 || (major == 1 && minor < 13))); then
        echo "error: libtorch $major.$minor.$patch at $prefix is too old: 1.13 or newer is needed;" \
            "set LIBTORCH to the folder of a newer one (LIBTORCH=/usr for Debian's libtorch-dev)" >&2
        exit 2
    fi
    if ((major > 2 || (major == 2 && minor >= 10))); then std=c++20; fi
    # c10::Error's constructor takes a std::string, whose mangled name tells the two ABIs apart.
    if LC_ALL=C grep -aq 'ENS_14SourceLocationESs' "$lib_dir/libc10.so"; then abi=0; fi
    if [[ -e $lib_dir/libtorch_cuda.so && -e $lib_dir/libc10_cuda.so ]]; then cuda=1; fi
    watch+=("$version_header" "$lib_dir/libtorch_cpu.so" "$lib_dir/libtorch_cuda.so" "$lib_dir/libc10.so")

    printf '%s\n' "source=$source" "root=$prefix" "include=$include_dir" \
        "include=$include_dir/torch/csrc/api/include" "lib=$lib_dir" "version=$major.$minor.$patch" "std=$std" \
        "abi=$abi" "cuda=$cuda" "${watch[@]/#/watch=}"
    exit 0
}

if [[ -n $libtorch ]]; then
    prefix=$(readlink -m -- "$libtorch")
    if ! look_in "$prefix"; then
        echo "error: LIBTORCH is $LIBTORCH, which holds no usable libtorch: expected include/ATen/ATen.h," \
            "include/torch/csrc/api/include/torch/version.h and lib/libtorch.so, libtorch_cpu.so, libc10.so;" \
            "unset it or name an unpacked libtorch or a site-packages/torch folder" >&2
        exit 2
    fi
    answer LIBTORCH "$prefix"
fi

# A torch installed or removed later shows in a folder of sys.path, another python3 behind pyenv in its version files.
if command -v python3 >/dev/null; then
    watch+=("${PYENV_ROOT:-${HOME:-}/.pyenv}/version")
    found=$(python3 -c '
import importlib.util, os, sys
sys.path[:] = [p for p in sys.path if p]
try:
    spec = importlib.util.find_spec("torch")
except Exception:
    spec = None
print(os.path.dirname(os.path.realpath(spec.origin)) if spec and spec.origin else "")
print("\n".join(p for p in sys.path if os.path.isdir(p)))
' 2>/dev/null || true)
    { read -r package && mapfile -t -O "${#watch[@]}" watch; } <<<"$found" || true
    # Debian's own python3-torch only links to /usr/include and /usr/lib.
    if [[ -n ${package:-} && $(readlink -f -- "$package/include/torch" || true) != /usr/include/torch ]] \
        && look_in "$package"; then
        answer python3 "$package"
    fi
fi

if look_in /usr; then answer debian /usr; fi

echo "error: libtorch not found (looked at LIBTORCH, python3's torch, /usr/include/torch); on Debian or Ubuntu:" \
    "sudo apt-get install libtorch-dev libopenblas0-pthread g++, or set LIBTORCH to an unpacked libtorch" >&2
exit 1
