// Batch norm, what is added to it, and the activation behind it, in one pass forward and two backward: what libtorch does on
// the CPU in four operators that each read and write the whole map. Beside shim.cpp for ChannelsLast maps of bfloat16 or
// float32; anything else is left to libtorch's own operators (the function says so).
//
// Sums are taken over chunks of a fixed length and joined in order, in double: the result is the same for any number of
// threads. Vectors are GCC's and clang's own, 16 floats wide; the compiler splits them where the processor's are narrower.

#include <ATen/ATen.h>
#include <ATen/Parallel.h>
#include <torch/csrc/autograd/custom_function.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <vector>

#include "fused.h"

namespace {

constexpr int kLanes = 16;
constexpr int64_t kChunk = 8192;  // elements of a chunk, about: half of a first-level cache in bfloat16

typedef float Floats __attribute__((vector_size(64)));
typedef uint32_t Words __attribute__((vector_size(64)));
typedef int32_t Masks __attribute__((vector_size(64)));
typedef uint16_t Halves __attribute__((vector_size(32)));

#define INLINE inline __attribute__((always_inline))

enum Activation : int32_t { kIdentity = 0, kRelu = 1, kGelu = 2 };

template <typename T>
struct Pack;

template <>
struct Pack<float> {
    static INLINE Floats load(const float* p) {
        Floats v;
        std::memcpy(&v, p, sizeof v);
        return v;
    }
    static INLINE void store(float* p, Floats v) { std::memcpy(p, &v, sizeof v); }
};

template <>
struct Pack<at::BFloat16> {
    static INLINE Floats load(const at::BFloat16* p) {
        Halves h;
        std::memcpy(&h, p, sizeof h);
        return reinterpret_cast<Floats>(__builtin_convertvector(h, Words) << 16);
    }
    // To the nearest, ties to even; a NaN stays one.
    static INLINE void store(at::BFloat16* p, Floats v) {
        auto bits = reinterpret_cast<Words>(v);
        auto rounded = (bits + 0x7fff + ((bits >> 16) & 1)) >> 16;
        rounded = v != v ? Words{} + 0x7fc0 : rounded;
        auto h = __builtin_convertvector(rounded, Halves);
        std::memcpy(p, &h, sizeof h);
    }
};

INLINE Floats load(const float* p) { return Pack<float>::load(p); }

// exp for arguments of at most 0, to 2e-7 of the value (Cephes' expf: a polynomial on +-ln 2 / 2).
INLINE Floats expOfNegative(Floats x) {
    x = x < -87.f ? Floats{} - 87.f : x;
    auto shifted = x * 1.44269504f + 12582912.f;  // the nearest whole number, in the low bits
    auto n = shifted - 12582912.f;
    auto r = x - n * 0.693359375f + n * 2.12194440e-4f;
    auto p = ((((1.9875691500e-4f * r + 1.3981999507e-3f) * r + 8.3334519073e-3f) * r + 4.1665795894e-2f) * r + 1.6666665459e-1f) * r + 0.5f;
    auto value = p * r * r + r + 1.f;
    return value * reinterpret_cast<Floats>((reinterpret_cast<Words>(shifted) + 127u) << 23);
}

// The normal distribution at v, and its density (Abramowitz and Stegun 7.1.26: to 1e-7).
INLINE Floats normal(Floats v, Floats* density) {
    auto magnitude = v < 0.f ? -v : v;
    auto e = expOfNegative(-0.5f * v * v);
    auto t = 1.f / (1.f + 0.2316418882f * magnitude);
    auto tail = 0.5f * e * t * (0.254829592f + t * (-0.284496736f + t * (1.421413741f + t * (-1.453152027f + t * 1.061405429f))));
    *density = e * 0.39894228f;
    return v < 0.f ? tail : 1.f - tail;
}

template <int A>
INLINE Floats activate(Floats v) {
    if (A == kRelu) return v < 0.f ? Floats{} : v;  // so that a NaN stays one
    if (A == kGelu) {
        Floats density;
        return v * normal(v, &density);
    }
    return v;
}

// The gradient in front of the activation, from the one behind it.
template <int A>
INLINE Floats pullBack(Floats gradient, Floats v) {
    if (A == kRelu) return v > 0.f ? gradient : Floats{};
    if (A == kGelu) {
        Floats density;
        auto share = normal(v, &density);
        return gradient * (share + v * density);
    }
    return gradient;
}

// A map as one row of elements in which the channels recur, and a whole number of vectors with them after `period`.
struct Rows {
    int64_t channels, total, period, chunk, chunks;

    explicit Rows(const at::Tensor& x) : channels(x.size(1)), total(x.numel()) {
        period = channels / std::gcd(channels, static_cast<int64_t>(kLanes)) * kLanes;
        chunk = period * std::max<int64_t>(1, kChunk / period);
        chunks = (total + chunk - 1) / chunk;
    }

    int64_t images() const { return total / channels; }

    // One value a channel, repeated over a period.
    std::vector<float> tile(const std::vector<float>& values) const {
        std::vector<float> tiled(period);
        for (int64_t k = 0; k < period; k++) tiled[k] = values[k % channels];
        return tiled;
    }

    // body(at, place, lanes): `lanes` elements from `at` on, at `place` of the period; fewer than kLanes only at the very end.
    template <typename F>
    INLINE void each(int64_t index, F&& body) const {
        auto end = std::min(total, (index + 1) * chunk);
        int64_t place = 0;
        for (auto at = index * chunk; at < end; at += kLanes) {
            body(at, place, static_cast<int>(std::min<int64_t>(kLanes, end - at)));
            place = place + kLanes == period ? 0 : place + kLanes;
        }
    }
};

// Short ends go through a buffer of full length, so that there is one way to compute.
template <typename T>
INLINE Floats loadSome(const T* p, int lanes) {
    if (lanes == kLanes) return Pack<T>::load(p);
    T buffer[kLanes] = {};
    std::memcpy(buffer, p, sizeof(T) * lanes);
    return Pack<T>::load(buffer);
}

template <typename T>
INLINE void storeSome(T* p, Floats v, int lanes) {
    if (lanes == kLanes) return Pack<T>::store(p, v);
    T buffer[kLanes];
    Pack<T>::store(buffer, v);
    std::memcpy(p, buffer, sizeof(T) * lanes);
}

INLINE Floats only(Floats v, int lanes) {
    for (int k = lanes; k < kLanes; k++) v[k] = 0;
    return v;
}

// Two sums a channel of what body(at, place, lanes) gives as two vectors.
struct Sums {
    std::vector<double> first, second;
};

template <typename F>
Sums sum(const Rows& rows, F&& body) {
    std::vector<float> parts(2 * rows.chunks * rows.channels);
    at::parallel_for(0, rows.chunks, 1, [&](int64_t begin, int64_t end) {
        std::vector<float> first(rows.period), second(rows.period);
        for (auto chunk = begin; chunk < end; chunk++) {
            auto from = chunk * rows.chunk, to = std::min(rows.total, from + rows.chunk);
            for (int64_t place = 0; place < rows.period; place += kLanes) {
                Floats s0{}, q0{}, s1{}, q1{};
                auto at = from + place;
                for (; at + rows.period + kLanes <= to; at += 2 * rows.period) {
                    body(at, place, kLanes, s0, q0);
                    body(at + rows.period, place, kLanes, s1, q1);
                }
                for (; at < to; at += rows.period) body(at, place, static_cast<int>(std::min<int64_t>(kLanes, to - at)), s0, q0);
                Pack<float>::store(&first[place], s0 + s1);
                Pack<float>::store(&second[place], q0 + q1);
            }
            auto* into = &parts[2 * chunk * rows.channels];
            for (int64_t k = 0; k < rows.period; k++) {
                into[k % rows.channels] += first[k];
                into[rows.channels + k % rows.channels] += second[k];
            }
        }
    });
    Sums result{std::vector<double>(rows.channels), std::vector<double>(rows.channels)};
    for (int64_t chunk = 0; chunk < rows.chunks; chunk++) {
        const auto* part = &parts[2 * chunk * rows.channels];
        for (int64_t c = 0; c < rows.channels; c++) {
            result.first[c] += part[c];
            result.second[c] += part[rows.channels + c];
        }
    }
    return result;
}

struct Statistics {
    std::vector<double> mean, variance;  // of the batch, biased
};

template <typename T>
Statistics measure(const Rows& rows, const T* x) {
    // Sums of distances from the first image's values: what is left of a large mean does not drown the variance.
    std::vector<float> first(rows.channels);
    for (int64_t c = 0; c < rows.channels; c++) first[c] = static_cast<float>(x[c]);
    auto pivot = rows.tile(first);
    auto sums = sum(rows, [&](int64_t at, int64_t place, int lanes, Floats& s, Floats& q) __attribute__((always_inline)) {
        auto v = loadSome(x + at, lanes) - load(&pivot[place]);
        if (lanes < kLanes) v = only(v, lanes);
        s += v;
        q += v * v;
    });
    Statistics found{std::vector<double>(rows.channels), std::vector<double>(rows.channels)};
    auto count = static_cast<double>(rows.images());
    for (int64_t c = 0; c < rows.channels; c++) {
        auto shift = sums.first[c] / count;
        found.mean[c] = first[c] + shift;
        found.variance[c] = std::max(0.0, sums.second[c] / count - shift * shift);
    }
    return found;
}

// y = activation(x * scale + shift + residual)
template <typename T, int A, bool R>
void apply(const Rows& rows, const T* x, const T* residual, T* y, const std::vector<float>& scale, const std::vector<float>& shift) {
    auto a = rows.tile(scale), b = rows.tile(shift);
    at::parallel_for(0, rows.chunks, 1, [&](int64_t begin, int64_t end) {
        for (auto chunk = begin; chunk < end; chunk++) {
            rows.each(chunk, [&](int64_t at, int64_t place, int lanes) __attribute__((always_inline)) {
                auto v = loadSome(x + at, lanes) * load(&a[place]) + load(&b[place]);
                if (R) v += loadSome(residual + at, lanes);
                storeSome(y + at, activate<A>(v), lanes);
            });
        }
    });
}

// What is in front of the activation again; with a residual under a ReLU, the output tells as much.
template <typename T, int A, bool R>
INLINE Floats before(const T* x, const T* y, int64_t at, int lanes, Floats a, Floats b) {
    return A == kRelu && R ? loadSome(y + at, lanes) : loadSome(x + at, lanes) * a + b;
}

template <typename T, int A, bool R>
Sums sumGradients(const Rows& rows, const T* dy, const T* x, const T* y, const float* a, const float* b, const float* mean) {
    return sum(rows, [&](int64_t at, int64_t place, int lanes, Floats& s, Floats& q) __attribute__((always_inline)) {
        auto g = pullBack<A>(loadSome(dy + at, lanes), before<T, A, R>(x, y, at, lanes, load(a + place), load(b + place)));
        if (lanes < kLanes) g = only(g, lanes);
        s += g;
        q += g * (loadSome(x + at, lanes) - load(mean + place));
    });
}

template <typename T, int A, bool R>
void spreadGradients(const Rows& rows, const T* dy, const T* x, const T* y, T* dx, T* dresidual, const float* a, const float* b, const float* ofX, const float* constant) {
    at::parallel_for(0, rows.chunks, 1, [&](int64_t begin, int64_t end) {
        for (auto chunk = begin; chunk < end; chunk++) {
            rows.each(chunk, [&](int64_t at, int64_t place, int lanes) __attribute__((always_inline)) {
                auto scale = load(a + place);
                auto g = pullBack<A>(loadSome(dy + at, lanes), before<T, A, R>(x, y, at, lanes, scale, load(b + place)));
                storeSome(dx + at, scale * g + load(ofX + place) * loadSome(x + at, lanes) + load(constant + place), lanes);
                if (R && A != kIdentity) storeSome(dresidual + at, g, lanes);
            });
        }
    });
}

// Calls body(T(), activation, residual?) with the last two as compile-time constants.
template <typename F>
void dispatch(const at::Tensor& x, int32_t activation, bool hasResidual, F&& body) {
    auto with = [&](auto type, auto kind) {
        hasResidual ? body(type, kind, std::true_type()) : body(type, kind, std::false_type());
    };
    auto of = [&](auto type) {
        switch (activation) {
            case kRelu: return with(type, std::integral_constant<int, kRelu>());
            case kGelu: return with(type, std::integral_constant<int, kGelu>());
            default: return with(type, std::integral_constant<int, kIdentity>());
        }
    };
    x.scalar_type() == at::kFloat ? of(float()) : of(at::BFloat16());
}

template <typename T>
T* data(const at::Tensor& tensor) {
    return tensor.defined() ? static_cast<T*>(tensor.data_ptr()) : nullptr;
}

at::Tensor toTensor(const std::vector<float>& values) {
    auto tensor = at::empty({static_cast<int64_t>(values.size())}, at::kFloat);
    std::memcpy(tensor.data_ptr(), values.data(), sizeof(float) * values.size());
    return tensor;
}

std::vector<float> toVector(const at::Tensor& tensor) {
    auto* values = static_cast<const float*>(tensor.data_ptr());
    return {values, values + tensor.numel()};
}

void moveRunning(const at::Tensor& running, const std::vector<double>& found, double factor, double momentum) {
    auto* values = static_cast<float*>(running.data_ptr());
    for (size_t c = 0; c < found.size(); c++) values[c] = static_cast<float>((1 - momentum) * values[c] + momentum * factor * found[c]);
}

struct Scales {
    std::vector<float> scale, shift;
};

Scales scales(const at::Tensor& weight, const at::Tensor& bias, const std::vector<double>& mean, const std::vector<double>& inverse) {
    Scales result{std::vector<float>(mean.size()), std::vector<float>(mean.size())};
    auto *w = data<float>(weight), *b = data<float>(bias);
    for (size_t c = 0; c < mean.size(); c++) {
        result.scale[c] = static_cast<float>(w[c] * inverse[c]);
        result.shift[c] = static_cast<float>(b[c] - mean[c] * w[c] * inverse[c]);
    }
    return result;
}

at::Tensor forward(const at::Tensor& x, const at::Tensor& residual, int32_t activation, const Scales& by) {
    Rows rows(x);
    auto y = at::empty_like(x);
    dispatch(x, activation, residual.defined(), [&](auto type, auto kind, auto added) {
        using T = decltype(type);
        apply<T, decltype(kind)::value, decltype(added)::value>(rows, data<T>(x), data<T>(residual), data<T>(y), by.scale, by.shift);
    });
    return y;
}

struct NormActivation : torch::autograd::Function<NormActivation> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x, const OptionalTensor& added, const at::Tensor& weight,
        const at::Tensor& bias, const at::Tensor& runningMean, const at::Tensor& runningVariance, double momentum, double epsilon, int64_t activation) {
        auto residual = added.has_value() ? *added : at::Tensor();
        at::AutoDispatchBelowADInplaceOrView below;
        Rows rows(x);
        auto found = x.scalar_type() == at::kFloat ? measure(rows, data<float>(x)) : measure(rows, data<at::BFloat16>(x));
        auto count = static_cast<double>(rows.images());
        moveRunning(runningMean, found.mean, 1, momentum);
        moveRunning(runningVariance, found.variance, count / (count - 1), momentum);
        std::vector<double> inverse(found.mean.size());
        for (size_t c = 0; c < inverse.size(); c++) inverse[c] = 1 / std::sqrt(found.variance[c] + epsilon);
        auto by = scales(weight, bias, found.mean, inverse);
        auto y = ::forward(x, residual, static_cast<int32_t>(activation), by);
        std::vector<float> mean(found.mean.begin(), found.mean.end()), deviation(inverse.begin(), inverse.end());
        auto needsOutput = residual.defined() && activation == kRelu;
        context->save_for_backward({x, toTensor(by.scale), toTensor(by.shift), toTensor(mean), toTensor(deviation), needsOutput ? y : at::Tensor()});
        context->saved_data["activation"] = activation;
        context->saved_data["residual"] = residual.defined();
        return y;
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        auto saved = context->get_saved_variables();
        auto &x = saved[0], &y = saved[5];
        auto activation = static_cast<int32_t>(context->saved_data["activation"].toInt());
        auto hasResidual = context->saved_data["residual"].toBool();
        at::AutoDispatchBelowADInplaceOrView below;
        auto dy = gradients[0].to(x.scalar_type()).contiguous(at::MemoryFormat::ChannelsLast);
        Rows rows(x);
        auto scale = toVector(saved[1]), mean = toVector(saved[3]), inverse = toVector(saved[4]);
        auto a = rows.tile(scale), b = rows.tile(toVector(saved[2])), centre = rows.tile(mean);
        auto dx = at::empty_like(x);
        auto passesGradient = hasResidual && activation == kIdentity;
        auto dresidual = passesGradient ? dy : hasResidual ? at::empty_like(x) : at::Tensor();
        std::vector<float> dweight(mean.size()), dbias(mean.size()), ofX(mean.size()), constant(mean.size());
        dispatch(x, activation, hasResidual, [&](auto type, auto kind, auto added) {
            using T = decltype(type);
            constexpr int A = decltype(kind)::value;
            constexpr bool R = decltype(added)::value;
            auto sums = sumGradients<T, A, R>(rows, data<T>(dy), data<T>(x), data<T>(y), a.data(), b.data(), centre.data());
            auto count = static_cast<double>(rows.images());
            for (size_t c = 0; c < mean.size(); c++) {
                auto slope = -scale[c] * static_cast<double>(inverse[c]) * inverse[c] * sums.second[c] / count;
                dweight[c] = static_cast<float>(sums.second[c] * inverse[c]);
                dbias[c] = static_cast<float>(sums.first[c]);
                ofX[c] = static_cast<float>(slope);
                constant[c] = static_cast<float>(-scale[c] * sums.first[c] / count - slope * mean[c]);
            }
            auto tiledOfX = rows.tile(ofX), tiledConstant = rows.tile(constant);
            spreadGradients<T, A, R>(rows, data<T>(dy), data<T>(x), data<T>(y), data<T>(dx), data<T>(dresidual), a.data(), b.data(), tiledOfX.data(), tiledConstant.data());
        });
        return {dx, dresidual, toTensor(dweight), toTensor(dbias), at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor(), at::Tensor()};
    }
};

// body(at, lanes) for every vector of a flat row, shared out.
template <typename F>
void eachVector(int64_t total, F&& body) {
    at::parallel_for(0, (total + kChunk - 1) / kChunk, 1, [&](int64_t begin, int64_t end) {
        auto to = std::min(total, end * kChunk);
        for (auto at = begin * kChunk; at < to; at += kLanes) body(at, static_cast<int>(std::min<int64_t>(kLanes, to - at)));
    });
}

at::Tensor geluOf(const at::Tensor& x) {
    auto y = at::empty_like(x);
    auto *from = data<at::BFloat16>(x), *to = data<at::BFloat16>(y);
    eachVector(x.numel(), [&](int64_t at, int lanes) __attribute__((always_inline)) { storeSome(to + at, activate<kGelu>(loadSome(from + at, lanes)), lanes); });
    return y;
}

struct Gelu : torch::autograd::Function<Gelu> {
    static at::Tensor forward(torch::autograd::AutogradContext* context, const at::Tensor& x) {
        at::AutoDispatchBelowADInplaceOrView below;
        context->save_for_backward({x});
        return geluOf(x);
    }

    static torch::autograd::variable_list backward(torch::autograd::AutogradContext* context, torch::autograd::variable_list gradients) {
        at::AutoDispatchBelowADInplaceOrView below;
        auto x = context->get_saved_variables()[0];
        auto dx = at::empty_like(x);
        // In the order of x's elements in memory, whatever the order of the gradient's is.
        auto dy = at::empty_like(x).copy_(gradients[0]);
        auto *values = data<at::BFloat16>(x), *behind = data<at::BFloat16>(dy), *before = data<at::BFloat16>(dx);
        eachVector(x.numel(), [&](int64_t at, int lanes) __attribute__((always_inline)) {
            storeSome(before + at, pullBack<kGelu>(loadSome(behind + at, lanes), loadSome(values + at, lanes)), lanes);
        });
        return {dx};
    }
};

bool isPlain(const at::Tensor& tensor, int64_t channels) {
    return tensor.defined() && tensor.scalar_type() == at::kFloat && tensor.is_cpu() && tensor.is_contiguous() && tensor.numel() == channels;
}

bool isMap(const at::Tensor& x) {
    return x.dim() == 4 && x.is_cpu() && x.numel() > 0 && x.is_contiguous(at::MemoryFormat::ChannelsLast)
        && (x.scalar_type() == at::kBFloat16 || x.scalar_type() == at::kFloat);
}

}  // namespace

bool ensFusedNorm(const at::Tensor& x, const at::Tensor& residual, const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& runningMean,
    const at::Tensor& runningVariance, bool training, double momentum, double epsilon, int32_t activation, at::Tensor* y) {
    if (!isMap(x)) return false;
    auto channels = x.size(1);
    auto fits = isPlain(weight, channels) && isPlain(bias, channels) && isPlain(runningMean, channels) && isPlain(runningVariance, channels)
        && (!residual.defined() || (isMap(residual) && residual.sizes() == x.sizes() && residual.scalar_type() == x.scalar_type()))
        // The approximation of the normal distribution is made for bfloat16; its derivative behind a sum is not there.
        && (activation != kGelu || (x.scalar_type() == at::kBFloat16 && !residual.defined()));
    if (!fits) return false;
    if (training) {
        // One value a channel has no variance: libtorch says so.
        if (x.numel() == channels) return false;
        auto added = residual.defined() ? OptionalTensor(residual) : OptionalTensor();
        *y = NormActivation::apply(x, added, weight, bias, runningMean, runningVariance, momentum, epsilon, static_cast<int64_t>(activation));
        return true;
    }

    if (c10::GradMode::is_enabled()) return false;
    std::vector<double> mean(channels), inverse(channels);
    auto *m = data<float>(runningMean), *v = data<float>(runningVariance);
    for (int64_t c = 0; c < channels; c++) {
        mean[c] = m[c];
        inverse[c] = 1 / std::sqrt(v[c] + epsilon);
    }
    *y = forward(x, residual, activation, scales(weight, bias, mean, inverse));
    return true;
}

bool ensFusedGelu(const at::Tensor& x, at::Tensor* y) {
    if (!x.is_cpu() || x.scalar_type() != at::kBFloat16 || !x.is_non_overlapping_and_dense()) return false;
    *y = Gelu::apply(x);
    return true;
}
