// A plain C ABI over libtorch's operator dispatcher, for .NET to call. (fused.cpp is the only other C++ of this project.)
//
// An operator is looked up by its schema name once ("aten::conv2d") and called boxed with an array of tagged values;
// arguments left out take the schema's defaults. What the dispatcher does not reach (autograd's engine, generators,
// threads, device queries, autocast) has a function of its own. Compiles against libtorch 1.13 and later, CPU or CUDA.
//
// Conventions: a tensor crosses as an owned TensorImpl*; null is an undefined tensor. Functions that can fail return
// 0 on success, or non-zero and leave the message in ens_error() of the same thread. No C++ exception leaves this file.

#include <ATen/ATen.h>
#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Parallel.h>
#include <ATen/autocast_mode.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <c10/core/InferenceMode.h>
#include <torch/csrc/autograd/autograd.h>
#include <torch/cuda.h>
#include <torch/version.h>

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>
#include <string>
#include <vector>

#include "fused.h"

#define ENS_API extern "C" __attribute__((visibility("default")))

namespace {

constexpr int32_t kAbiVersion = 1;

enum Tag : int32_t {
    kDefault = 0,   // the schema's default
    kNone = 1,
    kTensor = 2,    // p: TensorImpl*
    kInt = 3,       // i; also dtypes, layouts, memory formats
    kDouble = 4,    // d
    kBool = 5,      // i
    kIntList = 6,   // p: const int64_t*, count
    kDoubleList = 7,
    kTensorList = 8,         // p: TensorImpl**, count
    kOptionalTensorList = 9, // the same, null entries are None
    kString = 10,            // p: const char*, count bytes
    kDevice = 11,            // i: type << 32 | (uint32) index
    kGenerator = 12,         // p: at::Generator*
};

struct Value {
    int32_t tag;
    int32_t count;
    union {
        int64_t i;
        double d;
        void* p;
    };
};
static_assert(sizeof(Value) == 16, "the C# side lays Value out in 16 bytes");

thread_local std::string lastError;

template <typename F>
int guarded(F&& body) {
    try {
        body();
        return 0;
    } catch (const c10::Error& e) {
        lastError = e.what_without_backtrace();
    } catch (const std::exception& e) {
        lastError = e.what();
    } catch (...) {
        lastError = "unknown C++ exception";
    }
    return 1;
}

using TensorPtr = c10::intrusive_ptr<c10::TensorImpl, c10::UndefinedTensorImpl>;

at::Tensor borrow(void* handle) {
    if (handle == nullptr) return at::Tensor();
    return at::Tensor(TensorPtr::reclaim_copy(static_cast<c10::TensorImpl*>(handle)));
}

void* release(at::Tensor tensor) {
    return tensor.defined() ? static_cast<void*>(tensor.unsafeReleaseTensorImpl()) : nullptr;
}

c10::TensorImpl* impl(void* handle) { return static_cast<c10::TensorImpl*>(handle); }

c10::Device unpackDevice(int64_t packed) {
    return c10::Device(static_cast<c10::DeviceType>(packed >> 32), static_cast<c10::DeviceIndex>(static_cast<int32_t>(packed)));
}

struct Operator {
    c10::OperatorHandle handle;
    std::vector<c10::IValue> defaults;
    std::vector<bool> hasDefault;
    std::vector<bool> isFloat;
    std::string name;
};

bool takesFloat(c10::TypePtr type) {
    if (auto optional = type->cast<c10::OptionalType>()) type = optional->getElementType();
    return type->kind() == c10::TypeKind::FloatType;
}

c10::IValue toIValue(const Value& v, const Operator& op, size_t index) {
    switch (v.tag) {
        case kNone:
            return c10::IValue();
        case kTensor:
            return v.p == nullptr ? c10::IValue() : c10::IValue(borrow(v.p));
        case kInt:
            return op.isFloat[index] ? c10::IValue(static_cast<double>(v.i)) : c10::IValue(v.i);
        case kDouble:
            return c10::IValue(v.d);
        case kBool:
            return c10::IValue(v.i != 0);
        case kIntList: {
            const auto* p = static_cast<const int64_t*>(v.p);
            return c10::IValue(std::vector<int64_t>(p, p + v.count));
        }
        case kDoubleList: {
            const auto* p = static_cast<const double*>(v.p);
            return c10::IValue(std::vector<double>(p, p + v.count));
        }
        case kTensorList: {
            c10::List<at::Tensor> list;
            list.reserve(v.count);
            for (int32_t k = 0; k < v.count; k++) list.push_back(borrow(static_cast<void**>(v.p)[k]));
            return c10::IValue(std::move(list));
        }
        case kOptionalTensorList: {
            c10::List<OptionalTensor> list;
            list.reserve(v.count);
            for (int32_t k = 0; k < v.count; k++) {
                void* p = static_cast<void**>(v.p)[k];
                list.push_back(p == nullptr ? OptionalTensor() : OptionalTensor(borrow(p)));
            }
            return c10::IValue(std::move(list));
        }
        case kString:
            return c10::IValue(std::string(static_cast<const char*>(v.p), v.count));
        case kDevice:
            return c10::IValue(unpackDevice(v.i));
        case kGenerator:
            return v.p == nullptr ? c10::IValue() : c10::IValue(*static_cast<at::Generator*>(v.p));
        default:
            TORCH_CHECK(false, op.name, ": argument ", index, " has the unknown tag ", v.tag);
    }
}

Value fromIValue(c10::IValue&& value, const Operator& op) {
    Value v{kNone, 0, {0}};
    if (value.isTensor()) {
        v.tag = kTensor;
        v.p = release(std::move(value).toTensor());
    } else if (value.isTensorList()) {
        auto list = value.toTensorVector();
        v.tag = kTensorList;
        v.count = static_cast<int32_t>(list.size());
        auto** array = static_cast<void**>(std::malloc(sizeof(void*) * (list.size() + 1)));
        if (array == nullptr) throw std::bad_alloc();
        for (size_t k = 0; k < list.size(); k++) array[k] = release(std::move(list[k]));
        v.p = array;
    } else if (value.isBool()) {
        v.tag = kBool;
        v.i = value.toBool() ? 1 : 0;
    } else if (value.isInt()) {
        v.tag = kInt;
        v.i = value.toInt();
    } else if (value.isDouble()) {
        v.tag = kDouble;
        v.d = value.toDouble();
    } else if (!value.isNone()) {
        TORCH_CHECK(false, op.name, " returns a ", value.tagKind(), ", which does not cross to .NET");
    }
    return v;
}

std::vector<at::Tensor> borrowAll(void** handles, int32_t count) {
    std::vector<at::Tensor> tensors;
    tensors.reserve(count);
    for (int32_t k = 0; k < count; k++) tensors.push_back(borrow(handles[k]));
    return tensors;
}

// The dispatcher's stack, kept between calls so that a call allocates nothing; a nested call finds it in use and brings
// its own.
struct StackLease {
    static thread_local torch::jit::Stack shared;
    static thread_local bool taken;
    torch::jit::Stack own;
    bool leased;

    StackLease() : leased(!taken) {
        if (leased) {
            taken = true;
            shared.clear();
        }
    }
    ~StackLease() {
        if (leased) {
            shared.clear();
            taken = false;
        }
    }
    torch::jit::Stack& get() { return leased ? shared : own; }
};
thread_local torch::jit::Stack StackLease::shared;
thread_local bool StackLease::taken = false;

}  // namespace

ENS_API int32_t ens_abi_version() { return kAbiVersion; }
ENS_API const char* ens_error() { return lastError.c_str(); }
ENS_API const char* ens_torch_version() { return TORCH_VERSION; }
ENS_API void ens_free(void* memory) { std::free(memory); }

// ---- operators

ENS_API int ens_operator(const char* name, const char* overload, void** result) {
    return guarded([&] {
        auto found = c10::Dispatcher::singleton().findSchema({name, overload});
        TORCH_CHECK(found.has_value(), "libtorch ", TORCH_VERSION, " has no operator ", name, *overload ? "." : "", overload);
        auto op = std::make_unique<Operator>(Operator{*found, {}, {}, {}, name});
        for (const auto& argument : op->handle.schema().arguments()) {
            const auto& value = argument.default_value();
            op->hasDefault.push_back(value.has_value());
            op->defaults.push_back(value.has_value() ? *value : c10::IValue());
            op->isFloat.push_back(takesFloat(argument.type()));
        }
        *result = op.release();
    });
}

ENS_API int ens_call(void* handle, const Value* arguments, int32_t count, Value* results, int32_t capacity, int32_t* produced) {
    return guarded([&] {
        auto& op = *static_cast<Operator*>(handle);
        const auto wanted = op.defaults.size();
        TORCH_CHECK(static_cast<size_t>(count) <= wanted, op.name, " takes ", wanted, " arguments, ", count, " given");
        StackLease lease;
        auto& stack = lease.get();
        for (size_t k = 0; k < wanted; k++) {
            if (k < static_cast<size_t>(count) && arguments[k].tag != kDefault) {
                stack.push_back(toIValue(arguments[k], op, k));
            } else {
                TORCH_CHECK(op.hasDefault[k], op.name, ": argument ", k, " has no default");
                stack.push_back(op.defaults[k]);
            }
        }
        op.handle.callBoxed(stack);
        TORCH_CHECK(stack.size() <= static_cast<size_t>(capacity), op.name, " returned ", stack.size(), " values");
        for (size_t k = 0; k < stack.size(); k++) results[k] = fromIValue(std::move(stack[k]), op);
        *produced = static_cast<int32_t>(stack.size());
    });
}

// ---- tensors

ENS_API void ens_tensor_release(void* handle) {
    if (handle != nullptr) TensorPtr::reclaim(impl(handle));
}

ENS_API void* ens_tensor_retain(void* handle) { return release(borrow(handle)); }

ENS_API int ens_tensor_from_host(const void* data, int32_t dtype, const int64_t* sizes, int32_t dimensions, void** result) {
    return guarded([&] {
        auto options = at::TensorOptions().dtype(static_cast<c10::ScalarType>(dtype));
        auto tensor = at::empty(at::IntArrayRef(sizes, dimensions), options);
        if (tensor.nbytes() > 0) std::memcpy(tensor.data_ptr(), data, tensor.nbytes());
        *result = release(std::move(tensor));
    });
}

ENS_API int64_t ens_tensor_dim(void* handle) { return impl(handle)->dim(); }
ENS_API int64_t ens_tensor_numel(void* handle) { return impl(handle)->numel(); }
ENS_API int32_t ens_tensor_dtype(void* handle) { return static_cast<int32_t>(c10::typeMetaToScalarType(impl(handle)->dtype())); }
ENS_API int64_t ens_tensor_element_size(void* handle) { return static_cast<int64_t>(impl(handle)->itemsize()); }

ENS_API void ens_tensor_sizes(void* handle, int64_t* into) {
    auto sizes = impl(handle)->sizes();
    std::copy(sizes.begin(), sizes.end(), into);
}

ENS_API void ens_tensor_strides(void* handle, int64_t* into) {
    auto strides = impl(handle)->strides();
    std::copy(strides.begin(), strides.end(), into);
}

ENS_API int64_t ens_tensor_device(void* handle) {
    auto device = impl(handle)->device();
    return (static_cast<int64_t>(device.type()) << 32) | static_cast<uint32_t>(static_cast<int32_t>(device.index()));
}

ENS_API int ens_tensor_data(void* handle, void** result) {
    return guarded([&] { *result = borrow(handle).data_ptr(); });
}

ENS_API int ens_tensor_is_contiguous(void* handle, int32_t memoryFormat) {
    return impl(handle)->is_contiguous(static_cast<c10::MemoryFormat>(memoryFormat)) ? 1 : 0;
}

ENS_API int ens_tensor_requires_grad(void* handle) { return impl(handle)->requires_grad() ? 1 : 0; }
ENS_API int ens_tensor_set_requires_grad(void* handle, int32_t value) {
    return guarded([&] { borrow(handle).set_requires_grad(value != 0); });
}
ENS_API int ens_tensor_is_leaf(void* handle) { return borrow(handle).is_leaf() ? 1 : 0; }
ENS_API int ens_tensor_grad(void* handle, void** result) {
    return guarded([&] { *result = release(borrow(handle).grad()); });
}
ENS_API int ens_tensor_set_grad(void* handle, void* gradient) {
    return guarded([&] { borrow(handle).mutable_grad() = borrow(gradient); });
}

// ---- autograd

ENS_API int ens_backward(void** tensors, void** gradients, int32_t count, int32_t retainGraph, int32_t createGraph, void** inputs, int32_t inputCount) {
    return guarded([&] {
        auto seeds = gradients == nullptr ? std::vector<at::Tensor>() : borrowAll(gradients, count);
        torch::autograd::backward(borrowAll(tensors, count), seeds, retainGraph != 0, createGraph != 0, borrowAll(inputs, inputCount));
    });
}

ENS_API int ens_grad(void** outputs, void** gradients, int32_t count, void** inputs, int32_t inputCount, int32_t retainGraph, int32_t createGraph, int32_t allowUnused, void** results) {
    return guarded([&] {
        auto seeds = gradients == nullptr ? std::vector<at::Tensor>() : borrowAll(gradients, count);
        auto found = torch::autograd::grad(borrowAll(outputs, count), borrowAll(inputs, inputCount), seeds, retainGraph != 0, createGraph != 0, allowUnused != 0);
        for (size_t k = 0; k < found.size(); k++) results[k] = release(std::move(found[k]));
    });
}

ENS_API int ens_grad_enabled() { return c10::GradMode::is_enabled() ? 1 : 0; }
ENS_API void ens_set_grad_enabled(int32_t enabled) { c10::GradMode::set_enabled(enabled != 0); }
ENS_API void* ens_inference_mode_enter(int32_t enabled) { return new c10::InferenceMode(enabled != 0); }
ENS_API void ens_inference_mode_exit(void* guard) { delete static_cast<c10::InferenceMode*>(guard); }

// ---- random numbers

ENS_API int ens_manual_seed(uint64_t seed) {
    return guarded([&] { at::manual_seed(seed); });
}

ENS_API int ens_generator_new(uint64_t seed, int64_t device, void** result) {
    return guarded([&] {
        auto where = unpackDevice(device);
        auto generator = where.is_cpu() ? at::make_generator<at::CPUGeneratorImpl>(seed) : at::globalContext().defaultGenerator(where).clone();
        generator.set_current_seed(seed);
        *result = new at::Generator(std::move(generator));
    });
}

ENS_API int ens_generator_default(int64_t device, void** result) {
    return guarded([&] { *result = new at::Generator(at::globalContext().defaultGenerator(unpackDevice(device))); });
}

ENS_API void ens_generator_free(void* generator) { delete static_cast<at::Generator*>(generator); }
ENS_API int ens_generator_set_seed(void* generator, uint64_t seed) {
    return guarded([&] { static_cast<at::Generator*>(generator)->set_current_seed(seed); });
}
ENS_API uint64_t ens_generator_seed(void* generator) { return static_cast<at::Generator*>(generator)->current_seed(); }
ENS_API int ens_generator_state(void* generator, void** result) {
    return guarded([&] { *result = release(static_cast<at::Generator*>(generator)->get_state()); });
}
ENS_API int ens_generator_set_state(void* generator, void* state) {
    return guarded([&] { static_cast<at::Generator*>(generator)->set_state(borrow(state)); });
}

// ---- the machine

ENS_API int32_t ens_threads() { return at::get_num_threads(); }
ENS_API int ens_set_threads(int32_t count) {
    return guarded([&] { at::set_num_threads(count); });
}

ENS_API int ens_cuda_available() { return torch::cuda::is_available() ? 1 : 0; }
ENS_API int ens_cudnn_available() { return torch::cuda::cudnn_is_available() ? 1 : 0; }
ENS_API int32_t ens_cuda_devices() { return torch::cuda::is_available() ? static_cast<int32_t>(torch::cuda::device_count()) : 0; }
ENS_API int ens_cuda_synchronize(int64_t device) {
    return guarded([&] { torch::cuda::synchronize(device); });
}
ENS_API int ens_cuda_manual_seed(uint64_t seed, int32_t allDevices) {
    return guarded([&] { allDevices != 0 ? torch::cuda::manual_seed_all(seed) : torch::cuda::manual_seed(seed); });
}

// ---- autocast

// Sets autocast for a device type and returns what it was before: dtype << 1 | enabled. Entering and leaving come in
// pairs: the cache of cast weights lives until the outermost one is left.
ENS_API int ens_autocast_enter(int32_t deviceType, int32_t dtype, int32_t enabled, int32_t* before) {
    return guarded([&] {
        auto type = static_cast<c10::ScalarType>(dtype);
        auto device = static_cast<c10::DeviceType>(deviceType);
        TORCH_CHECK(device == c10::DeviceType::CPU || device == c10::DeviceType::CUDA, "autocast knows CPU and CUDA");
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
        *before = static_cast<int32_t>(at::autocast::get_autocast_dtype(device)) << 1 | (at::autocast::is_autocast_enabled(device) ? 1 : 0);
        at::autocast::set_autocast_dtype(device, type);
        at::autocast::set_autocast_enabled(device, enabled != 0);
#else
        if (device == c10::DeviceType::CPU) {
            *before = static_cast<int32_t>(at::autocast::get_autocast_cpu_dtype()) << 1 | (at::autocast::is_cpu_enabled() ? 1 : 0);
            at::autocast::set_autocast_cpu_dtype(type);
            at::autocast::set_cpu_enabled(enabled != 0);
        } else {
            *before = static_cast<int32_t>(at::autocast::get_autocast_gpu_dtype()) << 1 | (at::autocast::is_enabled() ? 1 : 0);
            at::autocast::set_autocast_gpu_dtype(type);
            at::autocast::set_enabled(enabled != 0);
        }
#endif
        at::autocast::increment_nesting();
    });
}

ENS_API int ens_autocast_exit(int32_t deviceType, int32_t before) {
    return guarded([&] {
        if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        auto type = static_cast<c10::ScalarType>(before >> 1);
        auto device = static_cast<c10::DeviceType>(deviceType);
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
        at::autocast::set_autocast_enabled(device, (before & 1) != 0);
        at::autocast::set_autocast_dtype(device, type);
#else
        if (device == c10::DeviceType::CPU) {
            at::autocast::set_cpu_enabled((before & 1) != 0);
            at::autocast::set_autocast_cpu_dtype(type);
        } else {
            at::autocast::set_enabled((before & 1) != 0);
            at::autocast::set_autocast_gpu_dtype(type);
        }
#endif
    });
}

// ---- what is fused

// *result stays null where the fused form does not compute this (see fused.h): the caller then takes libtorch's operators.
ENS_API int ens_fused_norm(void* x, void* residual, void* weight, void* bias, void* runningMean, void* runningVariance, int32_t training, double momentum, double epsilon, int32_t activation, void** result) {
    return guarded([&] {
        at::Tensor y;
        *result = ensFusedNorm(borrow(x), borrow(residual), borrow(weight), borrow(bias), borrow(runningMean), borrow(runningVariance), training != 0, momentum, epsilon, activation, &y)
            ? release(std::move(y)) : nullptr;
    });
}

ENS_API int ens_fused_gelu(void* x, void** result) {
    return guarded([&] {
        at::Tensor y;
        *result = ensFusedGelu(borrow(x), &y) ? release(std::move(y)) : nullptr;
    });
}
