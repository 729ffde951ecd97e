#!/usr/bin/env bash
# Compiles shim.cpp and fused.cpp against the machine's libtorch.
#
#   build.sh OUTPUT.so            builds when something changed; needs bash, a C++ compiler ($CXX or g++) and libtorch
#   build.sh --check OUTPUT.so    builds nothing; exit status 0 when there is nothing to do
#
# Called by TorchSharp.csproj, by ./ensemble, and by hand on machines without .NET. Builds of one output at the same
# time wait for each other; the output appears whole or not at all.
#
# OUTPUT.so.stamp remembers what the output was made from, in two steps, so that a call with nothing to do starts
# neither python3 nor the compiler:
#   inputs   the sources here, $CXX, $LIBTORCH, the processor's abilities (fused.cpp is compiled for this processor), which
#            python3 and its environment variables
#   state    modification times of what find-libtorch.sh names as able to change its answer (libtorch's own files,
#            python's package folders)
# Only when one of these differs is libtorch searched again, and only when the sources or the libtorch found differ
# (built) is anything compiled. Not noticed: a compiler of the same name replaced by another, a torch that appears
# through a path hook, a .python-version file of pyenv in a parent folder. Delete the stamp after such a change.
set -euo pipefail

check=false
if [[ ${1:-} == --check ]]; then check=true; shift; fi
if (($# != 1)) || [[ -z $1 || $1 == -* ]]; then
    echo "error: usage: build.sh [--check] OUTPUT.so" >&2
    exit 1
fi
output=$1
stamp=$output.stamp
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# A name for MSBuild and for people: relative folders mean the caller's, not this script's.
if [[ -n ${LIBTORCH:-} && $LIBTORCH != /* ]]; then export LIBTORCH=$PWD/$LIBTORCH; fi

hash_of() { local sum; sum=$(sha256sum); echo "${sum%% *}"; }

state_of() { stat -L -c '%n %Y %s' -- "$@" 2>/dev/null | hash_of || true; }

sources=("$here/shim.cpp" "$here/fused.cpp" "$here/fused.h" "$here/build.sh")
abilities=$(grep -m 1 -E '^(flags|Features)' /proc/cpuinfo 2>/dev/null || uname -m)

inputs=$({
    cat "${sources[@]}" "$here/find-libtorch.sh"
    echo "$abilities"
    printf '%s\n' "${CXX:-g++}" "${LIBTORCH:-}" "$(command -v python3 || true)" "${PYTHONPATH:-}" "${PYTHONHOME:-}" \
        "${VIRTUAL_ENV:-}" "${PYENV_VERSION:-}" "${PYTHONNOUSERSITE:-}"
} | hash_of)

is_fresh() {
    [[ -f $output && -f $stamp ]] || return 1
    local key value known_inputs='' known_state=''
    local -a paths=()
    while read -r key value; do
        case $key in
            inputs) known_inputs=$value ;;
            state) known_state=$value ;;
            watch) paths+=("$value") ;;
        esac
    done <"$stamp"
    [[ $known_inputs == "$inputs" && ${#paths[@]} -gt 0 && $known_state == "$(state_of "${paths[@]}")" ]]
}

if is_fresh; then exit 0; fi
if $check; then exit 1; fi

mkdir -p -- "$(dirname -- "$output")"
exec 9>"$output.lock"
flock 9
if is_fresh; then exit 0; fi   # somebody else built it while we waited

# The answer decides the exit status too: find-libtorch.sh has said why.
found=$("$BASH" "$here/find-libtorch.sh")
includes=() paths=()
while IFS='=' read -r key value; do
    case $key in
        include) includes+=("$value") ;;
        lib) lib=$value ;;
        std) std=$value ;;
        abi) abi=$value ;;
        cuda) cuda=$value ;;
        watch) paths+=("$value") ;;
    esac
done <<<"$found"
state=$(state_of "${paths[@]}")
# libtorch replaced in place keeps its name and version: its size and time belong to what was built from.
built=$({
    cat "${sources[@]}"
    printf '%s\n' "${CXX:-g++}" "$abilities"
    grep -v '^watch=' <<<"$found"
    stat -L -c '%Y %s' -- "$lib/libtorch_cpu.so"
} | hash_of)

if [[ ! -f $output || ! -f $stamp || $(sed -n 's/^built //p' "$stamp") != "$built" ]]; then
    read -ra compiler <<<"${CXX:-g++}"
    if ! command -v "${compiler[0]}" >/dev/null; then
        echo "error: no C++ compiler (${compiler[0]} not found); on Debian or Ubuntu: sudo apt-get install g++," \
            "or set CXX" >&2
        exit 1
    fi
    flags=(-fPIC -std="$std" "-D_GLIBCXX_USE_CXX11_ABI=$abi")
    for include in "${includes[@]}"; do
        # -isystem keeps libtorch's own warnings out; naming /usr/include again would break #include_next.
        if [[ $include != /usr/include ]]; then flags+=(-isystem "$include"); fi
    done
    # Nothing in the shim calls libtorch_cuda: loading it is what registers the CUDA kernels, so it must stay linked.
    libraries=('-Wl,--no-as-needed' "-L$lib" "-Wl,-rpath,$lib" -ltorch -ltorch_cpu -lc10)
    if ((cuda)); then libraries+=(-ltorch_cuda -lc10_cuda); fi

    # The kernels are compiled for the processor that is here, where the compiler knows how to.
    native=()
    if "${compiler[@]}" -march=native -E -x c++ /dev/null >/dev/null 2>&1; then native=(-march=native); fi
    # at::parallel_for is a template, parallel only where OpenMP is on. Its runtime is the one that libtorch brings, found by
    # name when the shim is loaded: linking libgomp here would make it two where a wheel carries its own. What clang makes
    # of -fopenmp asks for another runtime.
    openmp=()
    probe=$("${compiler[@]}" -fopenmp -S -x c++ -o - - 2>/dev/null <<<'void f(); void g() {
#pragma omp parallel
f(); }' || true)
    if [[ $probe == *GOMP_parallel* ]]; then openmp=(-fopenmp); fi
    temporary=$(mktemp -- "$output.XXXXXX")
    trap 'rm -f -- "$temporary" "$temporary.o"' EXIT
    # -Wno-psabi: vectors cross no boundary of this file.
    "${compiler[@]}" "${flags[@]}" -O3 "${native[@]}" "${openmp[@]}" -fno-math-errno -Wno-psabi -c -o "$temporary.o" "$here/fused.cpp"
    "${compiler[@]}" "${flags[@]}" -O2 -shared -o "$temporary" "$here/shim.cpp" "$temporary.o" "${libraries[@]}"
    chmod 755 -- "$temporary"
    rm -f -- "$stamp"
    mv -f -- "$temporary" "$output"
fi

{
    printf '%s\n' "inputs $inputs" "built $built" "state $state" "${paths[@]/#/watch }"
} >"$stamp.new"
mv -f -- "$stamp.new" "$stamp"
