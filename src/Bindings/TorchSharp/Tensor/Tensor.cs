using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using TorchSharp.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>An n-dimensional array on a device, with the operators of libtorch.</summary>
    /// <remarks>
    /// Owns one reference to a native tensor. It is released by <see cref="Dispose()"/>, by the dispose scope in which the
    /// tensor was made, or at last by the finaliser. Operators throw
    /// <see cref="System.Runtime.InteropServices.ExternalException"/> with libtorch's message when it refuses a call.
    /// </remarks>
    public partial class Tensor : IDisposable
    {
        private static long s_total;
        private static long s_peak;

        private nint _handle;

        internal Tensor(nint handle)
        {
            _handle = handle;
            var total = Interlocked.Increment(ref s_total);
            if (total > Volatile.Read(ref s_peak)) Volatile.Write(ref s_peak, total);
            DisposeScopeManager.Current?.Add(this);
        }

        ~Tensor() => Dispose(false);

        /// <summary>Tensors alive in this process.</summary>
        public static long TotalCount => Volatile.Read(ref s_total);

        /// <summary>The most tensors that were alive at once.</summary>
        public static long PeakCount => Volatile.Read(ref s_peak);

        /// <summary>The native tensor.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public nint Handle
        {
            get
            {
                if (_handle == 0) ThrowDisposed();
                return _handle;
            }
        }

        public bool IsInvalid => _handle == 0;

        internal DisposeScope? Scope { get; set; }

        internal int Slot { get; set; }

        public void Dispose()
        {
            Scope?.Forget(this);
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        public Tensor MoveToOuterDisposeScope()
        {
            Scope?.MoveToOuter(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(DisposeScope other)
        {
            if (Scope is { } scope) scope.MoveToOther(other, this);
            else other.Attach(this);
            return this;
        }

        public Tensor DetachFromDisposeScope()
        {
            Scope?.Forget(this);
            return this;
        }

        public override string ToString() =>
            _handle == 0 ? "Tensor (disposed)" : string.Create(CultureInfo.InvariantCulture, $"[{string.Join("x", shape)}], type = {dtype}, device = {device}");

        /// <summary>Takes over one reference that native code handed out.</summary>
        internal static Tensor Own(nint handle) => new(handle);

        /// <summary>Takes over one reference, or gives null for an undefined tensor.</summary>
        internal static Tensor? OwnOrNull(nint handle) => handle == 0 ? null : new Tensor(handle);

        protected virtual void Dispose(bool disposing)
        {
            var handle = Interlocked.Exchange(ref _handle, 0);
            if (handle == 0) return;
            Interlocked.Decrement(ref s_total);
            NativeMethods.ens_tensor_release(handle);
        }

        // Replaces what this wrapper points at and leaves the wrapper's owner as it is: how a module moves to a device.
        internal void Rebind(Tensor source)
        {
            var old = Interlocked.Exchange(ref _handle, NativeMethods.ens_tensor_retain(source.Handle));
            NativeMethods.ens_tensor_release(old);
        }

        [DoesNotReturn]
        private static void ThrowDisposed() =>
            throw new ObjectDisposedException(nameof(Tensor), "this tensor was disposed, by itself or with the dispose scope in which it was made");
    }
}
