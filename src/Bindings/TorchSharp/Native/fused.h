#pragma once

#include <ATen/ATen.h>

#include <cstdint>
#include <utility>

// std::optional or c10::optional, whichever this libtorch uses.
template <typename O>
struct EnsRebind;
template <template <typename...> class O, typename T>
struct EnsRebind<O<T>> {
    using tensor = O<at::Tensor>;
};
using OptionalTensor = EnsRebind<decltype(std::declval<at::TensorOptions>().dtype_opt())>::tensor;

// activation(batch norm of x + residual), with the batch's statistics while training (which also move the running ones, in
// place), else with the running ones. Maps are [N, C, H, W] in channels_last; activation: 0 none, 1 ReLU, 2 GELU.
// Returns false, and does nothing, for what it does not compute: another layout, dtype or device, a norm without weights,
// evaluation under a gradient. Differentiable once.
bool ensFusedNorm(const at::Tensor& x, const at::Tensor& residual, const at::Tensor& weight, const at::Tensor& bias, const at::Tensor& runningMean,
    const at::Tensor& runningVariance, bool training, double momentum, double epsilon, int32_t activation, at::Tensor* y);

// GELU of a bfloat16 tensor on the CPU, of any shape; false for others, as above.
bool ensFusedGelu(const at::Tensor& x, at::Tensor* y);
