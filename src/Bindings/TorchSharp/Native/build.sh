set -e
[ "$1" -nt "$(dirname "$0")/shim.cpp" ] && exit 0
mkdir -p "$(dirname "$1")"
g++ -O2 -std=c++17 -fPIC -shared -fvisibility=hidden "$(dirname "$0")/shim.cpp" -o "$1" -I/usr/include -I/usr/include/torch/csrc/api/include -Wl,-rpath,/usr/lib/x86_64-linux-gnu -ltorch -ltorch_cpu -lc10
