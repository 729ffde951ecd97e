namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        /// <summary>Has Adam's two decay rates, the first of which a schedule can cycle.</summary>
        public interface IBetas
        {
            (double, double) Betas { get; set; }
        }
    }
}
