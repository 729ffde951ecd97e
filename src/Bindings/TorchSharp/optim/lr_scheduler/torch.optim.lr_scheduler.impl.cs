namespace TorchSharp;

public static partial class torch
{
    public static partial class optim
    {
        public static partial class lr_scheduler
        {
            /// <summary>The schedules' classes, made by the functions of <see cref="lr_scheduler"/>.</summary>
            public static partial class impl
            {
            }
        }
    }
}
